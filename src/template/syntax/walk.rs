//! What stands right inside a part of the tree.

use super::tree::{Argument, Body, Call, ComponentCall, Expr, ExprKind, Node};

/// Shows every part of a tree, each before what is in it.
pub(crate) fn walk<'t>(nodes: &'t [Node], see: &mut dyn FnMut(Part<'t>)) {
    for node in nodes {
        see(Part::Node(node));
        node.expressions().into_iter().for_each(|expr| walk_expr(expr, see));
        node.bodies().into_iter().for_each(|body| walk(&body.nodes, see));
    }
}

fn walk_expr<'t>(expr: &'t Expr, see: &mut dyn FnMut(Part<'t>)) {
    see(Part::Expr(expr));
    expr.parts().into_iter().for_each(|part| walk_expr(part, see));
}

/// A part of a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part<'t> {
    Node(&'t Node),
    Expr(&'t Expr),
}

impl Node {
    /// The bodies right inside.
    pub(crate) fn bodies(&self) -> Vec<&Body> {
        match self {
            Self::If(branches) => branches.arms.iter().map(|arm| &arm.body).collect(),
            Self::For(inner) => [&inner.body].into_iter().chain(inner.otherwise.iter().map(|(_, body)| body)).collect(),
            Self::SetBlock { body, .. }
            | Self::FilterBlock { body, .. }
            | Self::Block { body, .. }
            | Self::Component { body, .. }
            | Self::ComponentCall { body, .. } => vec![body],
            _ => Vec::new(),
        }
    }

    /// The expressions of its tags. A parameter's default is one.
    pub(crate) fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Print { expr, .. } => vec![expr],
            Self::If(branches) => branches.arms.iter().filter_map(|arm| arm.condition.as_ref()).collect(),
            Self::For(inner) => vec![&inner.list],
            Self::Set { value, .. } => vec![value],
            Self::SetBlock { filters, .. } | Self::FilterBlock { filters, .. } => {
                filters.iter().flat_map(Call::values).collect()
            }
            Self::Component { parameters, .. } => {
                parameters.iter().filter_map(|parameter| parameter.default.as_ref()).collect()
            }
            Self::ComponentCall { call, .. } => call.values().collect(),
            _ => Vec::new(),
        }
    }

    /// The filters that a captured text goes through.
    pub(crate) fn filters(&self) -> &[Call] {
        match self {
            Self::SetBlock { filters, .. } | Self::FilterBlock { filters, .. } => filters,
            _ => &[],
        }
    }
}

impl Expr {
    /// The expressions right inside, arguments included.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Attribute { of, .. } | ExprKind::Not(of) | ExprKind::Negative(of) => vec![of],
            ExprKind::Item { of, index, .. } => vec![of, index],
            ExprKind::Slice { of, bounds, .. } => [&**of].into_iter().chain(bounds).collect(),
            ExprKind::Filter { of, call } | ExprKind::Test { of, call, .. } => {
                [&**of].into_iter().chain(call.values()).collect()
            }
            ExprKind::Function(call) => call.values().collect(),
            ExprKind::Component(call) => call.values().collect(),
            ExprKind::Binary { left, right, .. } => vec![left, right],
            ExprKind::Ternary { condition, then, otherwise } => vec![then, condition, otherwise],
            ExprKind::Array(entries) => entries.iter().map(|entry| &entry.value).collect(),
            ExprKind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            ExprKind::Comprehension { item, list, condition, .. } => {
                [&**item, &**list].into_iter().chain(condition.as_deref()).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Call {
    /// The values of its arguments.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Expr> {
        self.arguments.iter().map(|(_, value)| value)
    }
}

impl ComponentCall {
    /// The values of its arguments that are written out.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Expr> {
        self.arguments.iter().filter_map(|argument| match argument {
            Argument::Named { value, .. } | Argument::Spread(value) => Some(value),
            Argument::Short(_) => None,
        })
    }
}
