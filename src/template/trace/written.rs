//! The texts that marked copies are made of, and what they say of each other.

use std::collections::{HashMap, HashSet};

use super::site::Site;
use crate::template::scope::NAMES;
use crate::template::syntax::tree::{Body, If, Node, Parameter, Tree};
use crate::text::{FileId, SourceSpan, Span};

/// A text of a template, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'l> {
    pub(super) file: FileId,
    /// What is read as a template.
    pub(super) text: &'l str,
    pub(super) tree: &'l Tree,
    /// The bytes of the file that it is.
    pub(super) span: Span,
    /// Whether they are equal; a subject may be written with escapes.
    pub(super) is_exact: bool,
}

impl Written<'_> {
    pub(super) fn place(&self, span: Span) -> SourceSpan {
        let span = if self.is_exact { span.shift(self.span.start) } else { self.span };
        SourceSpan { file: self.file, span }
    }

    /// A string's text as it stands in the file, if it stands there as it is printed.
    pub(super) fn typed(&self, span: Span, value: &str) -> Option<Site> {
        let inner = self.inner(span).filter(|inner| self.is_exact && &self.text[inner.range()] == value)?;
        Some(Site::Typed(self.place(inner)))
    }

    /// What stands between the quotes of a string, which may stand in parentheses.
    pub(super) fn inner(&self, span: Span) -> Option<Span> {
        const QUOTES: [char; 3] = ['"', '\'', '`'];
        let whole = &self.text[span.range()];
        let (start, end) = (whole.find(QUOTES)?, whole.rfind(QUOTES)?);
        (start < end).then(|| Span::new(span.start + start + 1, span.start + end))
    }
}

/// What the templates of a library say of each other.
#[derive(Debug, Default)]
pub(super) struct Shared<'l> {
    components: HashMap<&'l str, (Written<'l>, &'l [Parameter])>,
    /// Names that are set inside of blocks: another template may put something else there.
    set_in_blocks: HashSet<&'l str>,
    /// Names that stand for text which was put together, with its marks.
    carriers: HashSet<&'l str>,
    /// Names that some template gives a meaning.
    given: HashSet<&'l str>,
}

impl<'l> Shared<'l> {
    /// Where a component is defined, and its parameters.
    pub(super) fn component(&self, name: &str) -> Option<&(Written<'l>, &'l [Parameter])> {
        self.components.get(name)
    }

    pub(super) fn set_in_blocks(&self) -> impl Iterator<Item = &'l str> {
        self.set_in_blocks.iter().copied()
    }

    /// Whether the text of a name may have marks in it.
    pub(super) fn carries(&self, name: &str) -> bool {
        name == "body" || self.carriers.contains(name)
    }

    /// Names that some template gives a meaning.
    pub(super) fn given(&self) -> HashSet<String> {
        self.given.iter().map(|name| (*name).to_owned()).collect()
    }
    pub(super) fn add(&mut self, written: Written<'l>) {
        self.nodes(written, &written.tree.nodes, false);
    }

    fn nodes(&mut self, written: Written<'l>, nodes: &'l [Node], in_block: bool) {
        for node in nodes {
            match node {
                Node::Component { name, parameters, .. } => {
                    self.components.insert(&name.value, (written, parameters));
                    self.given.extend(parameters.iter().map(|parameter| &*parameter.name.value));
                }
                Node::For(each) => {
                    self.given
                        .extend([Some(&each.value), each.key.as_ref()].into_iter().flatten().map(|name| &*name.value));
                }
                Node::Set { name, .. } | Node::SetBlock { name, .. } => {
                    self.given.insert(&name.value);
                    self.set_in_blocks.extend(in_block.then_some(&*name.value));
                    self.carriers.extend(may_carry(node).then_some(&*name.value));
                }
                _ => {}
            }
            let in_block = in_block || matches!(node, Node::Block { .. });
            bodies(node).into_iter().for_each(|body| self.nodes(written, &body.nodes, in_block));
        }
    }
}

/// Whether what a node puts together keeps its marks. Our filters read some names by themselves.
fn may_carry(node: &Node) -> bool {
    matches!(node, Node::SetBlock { name, filters, .. } if filters.is_empty() && !NAMES.contains(&&*name.value))
}

/// The bodies of a node.
pub(super) fn bodies(node: &Node) -> Vec<&Body> {
    match node {
        Node::If(If { arms }) => arms.iter().map(|arm| &arm.body).collect(),
        Node::For(each) => [&each.body].into_iter().chain(each.otherwise.as_ref().map(|(_, body)| body)).collect(),
        Node::SetBlock { body, .. }
        | Node::FilterBlock { body, .. }
        | Node::Block { body, .. }
        | Node::Component { body, .. }
        | Node::ComponentCall { body, .. } => vec![body],
        _ => Vec::new(),
    }
}

/// The names that nodes set for the whole template, from within a loop too.
pub(super) fn set_globally<'n>(nodes: &'n [Node], names: &mut Vec<&'n str>) {
    for node in nodes {
        match node {
            Node::Set { name, is_global: true, .. } | Node::SetBlock { name, is_global: true, .. } => {
                names.push(&name.value);
            }
            _ => {}
        }
        bodies(node).into_iter().for_each(|body| set_globally(&body.nodes, names));
    }
}
