//! Templates that extend another, and the blocks they fill.

use super::block::Blocks;
use super::error::SyntaxError;
use super::expression::Expressions;
use super::nesting::OpenKind;
use super::stray;
use super::tree::{Body, Node};
use crate::text::Span;

impl<'t> Blocks<'t> {
    /// `{% extends "name" %}`
    pub(super) fn read_extends(
        &mut self,
        tag: Span,
        mut read: Expressions<'t>,
        before: &[Node],
    ) -> Result<Node, SyntaxError> {
        let template = read.cursor.quoted().ok_or_else(|| read.cursor.expected("a template's name in quotes"))?;
        if let Some(first) = &self.parent {
            let error = SyntaxError::new(tag, "the template already extends another").with_help("Take this one out.");
            return Err(error.with_related(first.span, ""));
        }
        if !before.iter().all(|node| is_blank(node, self.source)) {
            let error = SyntaxError::new(tag, "extends stands behind other parts of the template");
            return Err(error.with_help("Put it first."));
        }
        self.nesting.allow_at_top("extends", tag)?;
        read.cursor.finish()?;
        self.parent = Some(template.clone());
        Ok(Node::Extends { tag, template })
    }

    /// `{% block name %} … {% endblock name %}`
    pub(super) fn read_block(&mut self, tag: Span, mut read: Expressions<'t>) -> Result<Node, SyntaxError> {
        self.nesting.allow_block(tag)?;
        let name = read.cursor.name("the name of the block")?;
        if !self.block_names.insert(name.value.clone()) {
            let message = format!("there is a block “{}” already", name.value);
            return Err(SyntaxError::new(name.span, message).with_help("Give this one another name."));
        }
        read.cursor.finish()?;
        self.nesting.open(OpenKind::Block, tag);
        let nodes = self.nodes(&["endblock"])?;
        let (_, end, mut read) = self.end(OpenKind::Block, tag)?;
        if read.cursor.is_word() {
            let again = read.cursor.name("the name of the block")?;
            stray::same_name(&name, &again, "block")?;
        }
        read.cursor.finish()?;
        self.nesting.close();
        Ok(Node::Block { tag, name, body: Body { nodes, end } })
    }
}

/// Whether Tera takes a node for nothing: it may stand before `extends`.
fn is_blank(node: &Node, source: &str) -> bool {
    match node {
        Node::Text(text) => source[text.printed.range()].trim().is_empty(),
        Node::Comment(_) | Node::Component { .. } | Node::Extends { .. } => true,
        _ => false,
    }
}

/// Whether a node at the top of a template that extends another comes to anything.
pub(super) fn is_seen_in_child(node: &Node, source: &str) -> bool {
    matches!(node, Node::Block { .. }) || is_blank(node, source)
}
