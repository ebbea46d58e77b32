//! What a template reads: its values, each with what it stands for.

use std::collections::HashMap;

use super::syntax::tree::{Argument, Body, ComponentCall, Expr, ExprKind, For, Name, Node, Parameter, Tree};
use crate::text::Span;

/// What a template reads.
#[derive(Debug, Default)]
pub(super) struct Reads {
    pub(super) values: Vec<Read>,
    pub(super) filters: Vec<Name>,
    /// A loop inside an expression.
    pub(super) inner_loop: Option<Span>,
    /// Whether other templates have a part in it.
    pub(super) includes: bool,
    /// The loops and components that give names, with the names.
    given: Vec<(String, Span)>,
}

/// A value that is read: a variable and the way into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// As it is written, but for `?`.
    pub(super) written: String,
    pub(super) stands_for: StandsFor,
    pub(super) span: Span,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StandsFor {
    /// A name from outside the template and the way into it: `contact.first_name`, `facts[].what`.
    Path(String),
    /// Something the template makes.
    Own,
    /// Nothing from outside: a component sees only its parameters.
    Unseen,
}

impl Reads {
    pub(super) fn new(tree: &Tree, source: &str) -> Self {
        let mut reader = Reader { source, frames: vec![Frame::default()], found: Self::default() };
        reader.hoist(&tree.nodes);
        reader.nodes(&tree.nodes);
        reader.found.values.sort_by_key(|read| read.span);
        reader.found
    }

    /// Where a path, or what begins with it, is read first.
    pub(super) fn first_use(&self, path: &str) -> Option<Span> {
        let reads = |read: &&Read| match &read.stands_for {
            StandsFor::Path(whole) => {
                whole.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            }
            _ => false,
        };
        self.values.iter().find(reads).map(|read| read.span)
    }

    /// The value that stands at a place; `None` when there are several beside one another.
    pub(super) fn at(&self, span: Span) -> Option<&Read> {
        let mut there = self.values.iter().filter(|read| read.span.overlaps(span) || read.span.contains(span));
        let first = there.next()?;
        there.all(|inner| first.span.contains(inner.span)).then_some(first)
    }

    /// The loop or component that gives a name.
    pub(super) fn giver(&self, name: &str) -> Option<Span> {
        self.given.iter().find(|(given, _)| given == name).map(|&(_, tag)| tag)
    }
}

/// Names that a part of a template gives.
#[derive(Default)]
struct Frame<'t> {
    names: HashMap<&'t str, Given>,
    is_component: bool,
}

#[derive(Default)]
struct Given {
    /// How often the name is given here. More than once, and nobody knows which value it has.
    times: usize,
    stands_for: Option<String>,
}

struct Reader<'t> {
    source: &'t str,
    /// From the outermost.
    frames: Vec<Frame<'t>>,
    found: Reads,
}

impl<'t> Reader<'t> {
    /// Gives the names that are set in these nodes, wherever they stand: the next round of a loop, or a block, may
    /// read a name before the place it is set at.
    fn hoist(&mut self, nodes: &'t [Node]) {
        for node in nodes {
            match node {
                Node::Set { name, is_global, .. } | Node::SetBlock { name, is_global, .. } => {
                    let frame = if *is_global { self.frames.first_mut() } else { self.frames.last_mut() };
                    let frame = frame.expect("there is a frame for the whole template");
                    frame.names.entry(&name.value).or_default().times += 1;
                }
                // A `set` inside stays inside; one that is global does not.
                Node::For(inner) => self.hoist_global(&inner.body.nodes),
                _ => {}
            }
            for body in bodies(node) {
                self.hoist(&body.nodes);
            }
        }
    }

    fn hoist_global(&mut self, nodes: &'t [Node]) {
        for node in nodes {
            if let Node::Set { name, is_global: true, .. } | Node::SetBlock { name, is_global: true, .. } = node {
                // Set anew in each round.
                self.frames[0].names.entry(&name.value).or_default().times += 2;
            }
            if let Node::For(inner) = node {
                self.hoist_global(&inner.body.nodes);
            }
            for body in bodies(node) {
                self.hoist_global(&body.nodes);
            }
        }
    }

    fn nodes(&mut self, nodes: &'t [Node]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &'t Node) {
        self.found.filters.extend(node.filters().iter().map(|filter| filter.name.clone()));
        node.expressions().into_iter().for_each(|expr| self.expr(expr));
        match node {
            Node::Set { name, value, is_global, .. } => {
                let path = self.chain(value).and_then(StandsFor::into_path);
                let frame = if *is_global { 0 } else { self.frames.len() - 1 };
                if let Some(given) = self.frames[frame].names.get_mut(&*name.value).filter(|given| given.times == 1) {
                    given.stands_for = path;
                }
            }
            Node::For(inner) => self.read_for(inner),
            Node::Component { tag, parameters, body, .. } => self.read_component(*tag, parameters, body),
            Node::ComponentCall { call, .. } => self.short_arguments(call),
            Node::Include { .. } | Node::Extends { .. } => self.found.includes = true,
            _ => {}
        }
        bodies(node).into_iter().for_each(|body| self.nodes(&body.nodes));
    }

    fn read_for(&mut self, inner: &'t For) {
        let item = self.chain(&inner.list).and_then(StandsFor::into_path).map(|path| format!("{path}[]"));
        let mut frame = Frame::default();
        // Of a key nothing is known, nor of the value beside it.
        let item = item.filter(|_| inner.key.is_none());
        frame.names.insert(&inner.value.value, Given { times: 1, stands_for: item });
        let others = inner.key.iter().map(|key| &*key.value).chain(["loop"]);
        frame.names.extend(others.map(|name| (name, Given::default())));
        self.inside(frame, inner.tag, &inner.body);
    }

    fn read_component(&mut self, tag: Span, parameters: &'t [Parameter], body: &'t Body) {
        let names = parameters.iter().map(|parameter| &*parameter.name.value).chain(["body"]);
        let names = names.map(|name| (name, Given::default())).collect();
        self.inside(Frame { names, is_component: true }, tag, body);
    }

    /// Reads a body with names of its own.
    fn inside(&mut self, frame: Frame<'t>, tag: Span, body: &'t Body) {
        self.found.given.extend(frame.names.keys().map(|name| ((*name).to_owned(), tag)));
        self.frames.push(frame);
        self.hoist(&body.nodes);
        self.nodes(&body.nodes);
        self.frames.pop();
    }

    /// Arguments that are the variables of their names.
    fn short_arguments(&mut self, call: &'t ComponentCall) {
        for argument in &call.arguments {
            if let Argument::Short(name) = argument {
                let stands_for = self.stands_for(&name.value);
                self.found.values.push(Read { written: name.value.clone(), stands_for, span: name.span });
            }
        }
    }

    fn expr(&mut self, expr: &'t Expr) {
        if let Some(stands_for) = self.chain(expr) {
            let written = self.source[expr.span.range()].replace("?.", ".");
            self.found.values.push(Read { written, stands_for, span: expr.span });
            return self.indices(expr);
        }
        match &expr.kind {
            ExprKind::Comprehension { item, names, list, condition } => {
                self.found.inner_loop = self.found.inner_loop.or(Some(expr.span));
                self.expr(list);
                let names = names.iter().map(|name| (&*name.value, Given::default())).collect();
                self.frames.push(Frame { names, is_component: false });
                self.expr(item);
                condition.iter().for_each(|condition| self.expr(condition));
                return drop(self.frames.pop());
            }
            ExprKind::Filter { call, .. } => self.found.filters.push(call.name.clone()),
            ExprKind::Component(call) => self.short_arguments(call),
            _ => {}
        }
        expr.parts().into_iter().for_each(|part| self.expr(part));
    }

    /// What stands in the brackets of a chain.
    fn indices(&mut self, mut expr: &'t Expr) {
        loop {
            expr = match &expr.kind {
                ExprKind::Attribute { of, .. } => of,
                ExprKind::Item { of, index, .. } => {
                    self.expr(index);
                    of
                }
                _ => return,
            };
        }
    }

    /// What a variable and the way into it stand for; `None` for other expressions.
    fn chain(&self, expr: &Expr) -> Option<StandsFor> {
        let (of, step) = match &expr.kind {
            ExprKind::Variable(name) => return Some(self.stands_for(name)),
            ExprKind::Attribute { of, name, .. } => (of, format!(".{}", name.value)),
            ExprKind::Item { of, index, .. } => match &index.kind {
                ExprKind::String(name) => (of, format!(".{name}")),
                _ => (of, "[]".to_owned()),
            },
            _ => return None,
        };
        Some(match self.chain(of)? {
            StandsFor::Path(path) => StandsFor::Path(path + &step),
            other => other,
        })
    }

    fn stands_for(&self, name: &str) -> StandsFor {
        if name == "__tera_context" {
            return StandsFor::Own;
        }
        for frame in self.frames.iter().rev() {
            if let Some(given) = frame.names.get(name) {
                return given.stands_for.clone().map_or(StandsFor::Own, StandsFor::Path);
            }
            if frame.is_component {
                return StandsFor::Unseen;
            }
        }
        // The loop of a template that includes this one.
        if name == "loop" { StandsFor::Own } else { StandsFor::Path(name.to_owned()) }
    }
}

impl StandsFor {
    pub(super) fn into_path(self) -> Option<String> {
        match self {
            Self::Path(path) => Some(path),
            _ => None,
        }
    }
}

/// The bodies in a node that share the names around it.
fn bodies(node: &Node) -> Vec<&Body> {
    match node {
        Node::For(inner) => inner.otherwise.iter().map(|(_, body)| body).collect(),
        Node::Component { .. } => Vec::new(),
        _ => node.bodies(),
    }
}
