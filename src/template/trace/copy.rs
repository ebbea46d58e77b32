//! The marked copy of a template: it prints the same text, with marks in it.
//!
//! It is written from the tree, so that white space which dashes trim is gone, and the dashes with it. Text that is put
//! together to be printed later (`{% set name %} … {% endset %}`, what stands inside of a component) keeps its marks
//! where it is printed as it is; wherever else its name stands, a filter takes them away. Text that filters change has
//! no marks, which would be counted and cut: it belongs to the tag or the print that gives it out.

use std::collections::HashMap;

use super::expression::{MOST_PARTS, PLAIN, parts, path, why};
use super::sheet::Sheet;
use super::site::{Bound, Names, Site};
use super::written::{Shared, Written, set_globally};
use crate::template::prepare::{HELD, ROUND};
use crate::template::syntax::tree::{
    Argument, Body, Call, ComponentCall, Expr, ExprKind, For, If, Name, Node, Parameter, Passing,
};
use crate::text::Span;

/// A marked copy while it is written.
pub(super) struct Copy<'l, 's> {
    pub(super) sheet: Sheet<'l, 's>,
    pub(super) shared: &'s Shared<'l>,
    pub(super) names: Names,
    /// Whether `super()` is called in the node that is copied.
    pub(super) calls_super: bool,
}

impl<'l, 's> Copy<'l, 's> {
    /// The marked copy of a template; what it marks is added to `sites`.
    pub(super) fn of(written: Written<'l>, shared: &'s Shared<'l>, sites: &'s mut Vec<Site>) -> String {
        let mut copy = Self { sheet: Sheet::new(written, sites), shared, names: Names::default(), calls_super: false };
        let tree = written.tree;
        if tree.parent.is_some() {
            // Beside its blocks such a template may hold nothing but white space.
            tree.nodes.iter().for_each(|node| copy.of_child(node));
        } else {
            copy.nodes(&tree.nodes);
        }
        copy.sheet.into_text()
    }

    fn of_child(&mut self, node: &Node) {
        match node {
            Node::Block { tag, body, .. } => self.alone(*tag, body, &format!("{ROUND}()")),
            Node::Extends { .. } | Node::Component { .. } => self.node(node),
            _ => {}
        }
    }

    fn nodes(&mut self, nodes: &[Node]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(text) => self.sheet.text(text),
            Node::Comment(_) => {}
            Node::Print { tag, expr } => self.print(*tag, expr),
            Node::If(branches) => self.branches(branches),
            Node::For(each) => self.each(each),
            Node::Set { tag, name, value, is_global } => {
                self.plain(value);
                self.sheet.tag(*tag);
                let bound = self.bound(value);
                self.names.set(&name.value, bound, *is_global);
            }
            Node::SetBlock { tag, name, filters, body, is_global } => {
                self.set_block(*tag, name, filters, body);
                let why = format!("it is put together in `{{% set {} %}}`", name.value);
                self.names.set(&name.value, Bound::Unknown(why.into()), *is_global);
            }
            Node::FilterBlock { tag, filters, body } => self.filter_block(*tag, filters, body),
            Node::Include { tag, .. } => self.scope(*tag, self.names.clone(), false, |copy| {
                copy.sheet.tag(*tag);
                copy.sheet.call(&format!("{ROUND}()"));
            }),
            Node::Block { tag, body, .. } => {
                self.scope(*tag, self.names.clone(), false, |copy| copy.alone(*tag, body, &format!("{ROUND}()")));
                self.names.forget(self.shared.set_in_blocks());
            }
            Node::Component { tag, body, .. } => self.alone(*tag, body, &format!("{ROUND}(body=body)")),
            Node::ComponentCall { tag, call, body } => self.component_call(*tag, call, body),
            Node::Extends { tag, .. } | Node::Break(tag) | Node::Continue(tag) => self.sheet.tag(*tag),
        }
        if std::mem::take(&mut self.calls_super) {
            // What the other template's block sets is set here too.
            self.names.forget(self.shared.set_in_blocks());
        }
    }

    fn print(&mut self, tag: Span, expr: &Expr) {
        let place = self.sheet.place(tag);
        match &expr.kind {
            ExprKind::Component(call) => {
                self.arguments(call);
                self.scope(tag, self.parameters(call), true, |copy| copy.sheet.tag(tag));
            }
            ExprKind::Function(call) if call.name.value == "super" => {
                self.calls_super = true;
                self.scope(tag, self.names.clone(), false, |copy| copy.sheet.tag(tag));
            }
            _ if self.sheet.is_unmarked => {
                self.plain(expr);
                self.sheet.tag(tag);
            }
            ExprKind::Variable(name) if self.carries(name) => {
                let value = self.names.find(name, Vec::new());
                let site = self.sheet.open(Site::Given { expr: place, value });
                self.sheet.tag(tag);
                self.sheet.close(site);
            }
            _ if (1..=MOST_PARTS).contains(&parts(expr)) => {
                self.sheet.open(Site::Parts { expr: place });
                self.parts(expr, false);
                self.sheet.tag(tag);
            }
            _ => {
                self.sheet.open(match path(expr) {
                    Some((root, steps)) => Site::Path { expr: place, value: self.names.find(root, steps) },
                    None => Site::Made { expr: place, why: why(expr) },
                });
                self.plain(expr);
                self.sheet.tag(tag);
            }
        }
    }

    fn branches(&mut self, branches: &If) {
        let before = self.names.clone();
        let has_else = branches.arms.last().is_some_and(|arm| arm.condition.is_none());
        let mut after = (!has_else).then(|| before.clone());
        for arm in &branches.arms {
            self.names = before.clone();
            if let Some(condition) = &arm.condition {
                self.plain(condition);
            }
            self.sheet.tag(arm.tag);
            self.nodes(&arm.body.nodes);
            match &mut after {
                Some(after) => after.join(&self.names),
                None => after = Some(self.names.clone()),
            }
        }
        self.names = after.unwrap_or(before);
        self.sheet.end("{% endif %}");
    }

    fn each(&mut self, each: &For) {
        let mut changing = Vec::new();
        set_globally(&each.body.nodes, &mut changing);
        let list = match path(&each.list) {
            Some((root, steps)) => self.names.find(root, steps),
            None => Bound::Unknown("it is in a list made in the template".into()),
        };
        self.plain(&each.list);
        self.sheet.tag(each.tag);
        self.sheet.call(&format!("{ROUND}()"));
        let count = each.key.as_ref().map_or("loop.index0", |key| &key.value);
        let (site, value) = self.sheet.round(Site::Loop { expr: self.sheet.place(each.tag), list }, count);
        // What one round sets for the whole template, the next one sees.
        self.names.forget(changing.iter().copied());
        self.names.enter();
        self.names.set(&each.value.value, value, false);
        if let Some(Name { value: key, .. }) = &each.key {
            self.names.set(key, Bound::Unknown("it is a key".into()), false);
        }
        self.nodes(&each.body.nodes);
        self.names.leave();
        self.names.forget(changing);
        if let Some((tag, body)) = &each.otherwise {
            let before = self.names.clone();
            self.sheet.tag(*tag);
            self.nodes(&body.nodes);
            self.names.join(&before);
        }
        self.sheet.end("{% endfor %}");
        self.sheet.close(site);
    }

    fn set_block(&mut self, tag: Span, name: &Name, filters: &[Call], body: &Body) {
        let is_unmarked = self.sheet.is_unmarked || !filters.is_empty() || !self.shared.carries(&name.value);
        // A template that is included or a block has marks wherever it stands.
        if is_unmarked {
            self.sheet.edit(name.span.end, format!(" | {PLAIN}"));
        }
        filters.iter().for_each(|call| self.call(call));
        self.sheet.tag(tag);
        self.captured(body, is_unmarked);
        // Marks take room even where nothing is printed.
        self.sheet.call(&format!("{HELD}(value={})", name.value));
    }

    fn filter_block(&mut self, tag: Span, filters: &[Call], body: &Body) {
        let Some(first) = filters.first() else { return };
        let why = format!("the filter `{}` is laid over it", first.name.value).into();
        let site = self.sheet.open(Site::Section { expr: self.sheet.place(tag.join(body.end)), why });
        self.sheet.edit(first.span.start, format!("{PLAIN} | "));
        filters.iter().for_each(|call| self.call(call));
        self.sheet.tag(tag);
        self.captured(body, true);
        self.sheet.close(site);
    }

    fn component_call(&mut self, tag: Span, call: &ComponentCall, body: &Body) {
        let expr = self.sheet.place(tag.join(body.end));
        let site = self.sheet.open(Site::Scope { expr, names: Names::default(), is_sealed: true });
        self.arguments(call);
        self.sheet.tag(tag);
        self.captured(body, self.sheet.is_unmarked);
        // Tera puts the body together before it looks at the arguments.
        let names = self.parameters(call);
        self.sheet.know(site, names);
        self.sheet.close(site);
    }

    /// Text that is put together, with or without marks, up to the tag that ends it.
    fn captured(&mut self, body: &Body, is_unmarked: bool) {
        let before = std::mem::replace(&mut self.sheet.is_unmarked, is_unmarked);
        self.nodes(&body.nodes);
        self.sheet.is_unmarked = before;
        self.sheet.tag(body.end);
    }

    /// A body in which the names around it mean nothing here: that of a component, or of a block, since which
    /// template's block is printed is not known. `call` counts how often it is.
    fn alone(&mut self, tag: Span, body: &Body, call: &str) {
        let names = std::mem::take(&mut self.names);
        self.sheet.tag(tag);
        self.sheet.call(call);
        self.captured(body, false);
        self.names = names;
    }

    /// What is printed by another template, or another part of this one.
    fn scope(&mut self, expr: Span, names: Names, is_sealed: bool, inside: impl FnOnce(&mut Self)) {
        let site = self.sheet.open(Site::Scope { expr: self.sheet.place(expr), names, is_sealed });
        inside(self);
        self.sheet.close(site);
    }

    /// What the parameters of a component stand for in a call.
    fn parameters(&self, call: &ComponentCall) -> Names {
        let Some((written, parameters)) = self.shared.component(&call.name.value) else { return Names::default() };
        let given = |name: &str| {
            call.arguments.iter().find_map(|argument| match argument {
                Argument::Named { name: known, value } if known.value == name => Some(self.bound(value)),
                Argument::Short(known) if known.value == name => Some(self.names.find(name, Vec::new())),
                _ => None,
            })
        };
        let bound = |of: &Parameter| match (given(&of.name.value), of.passing, &of.default) {
            (Some(given), ..) => Some(given),
            (None, Passing::Implicit, _) => Some(self.names.find(&of.name.value, Vec::new())),
            (None, Passing::Named, Some(Expr { kind: ExprKind::String(text), span })) => {
                written.typed(*span, text).map(|site| Bound::Typed(site.expr()))
            }
            _ => None,
        };
        // What a spread map gives is not known.
        let is_spread = call.arguments.iter().any(|argument| matches!(argument, Argument::Spread(_)));
        let known = parameters.iter().filter(|_| !is_spread);
        Names::new(known.filter_map(|of| Some((of.name.value.clone(), bound(of)?))).collect::<HashMap<_, _>>())
    }
}
