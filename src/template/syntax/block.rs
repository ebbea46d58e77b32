//! The tree of a template: what stands between a tag and the one that ends it.

use std::collections::{HashMap, HashSet};

use super::cursor::Cursor;
use super::error::SyntaxError;
use super::expression::Expressions;
use super::inheritance::is_seen_in_child;
use super::nesting::{Nesting, Open, OpenKind};
use super::segment::{Segment, SegmentKind, Segments};
use super::stray;
use super::tree::{Arm, Body, For, If, Node, Quoted, Text, Tree};
use super::value::binding;
use crate::text::Span;

/// How deep tags nest, the template itself counted. Tera's own bound.
const DEEPEST: usize = 40;
/// `elif`s that a part of a template stands behind. Tera reads each one inside the one before, and nothing but its stack
/// bounds it: this many take half a megabyte.
const MOST_ELIFS: usize = 128;

pub(super) struct Blocks<'t> {
    pub(super) source: &'t str,
    segments: &'t Segments,
    at: usize,
    pub(super) nesting: Nesting,
    depth: usize,
    elifs: usize,
    pub(super) parent: Option<Quoted>,
    pub(super) block_names: HashSet<String>,
    /// The components that are defined, and where.
    pub(super) components: HashMap<String, Span>,
}

impl<'t> Blocks<'t> {
    pub(super) fn new(source: &'t str, segments: &'t Segments) -> Self {
        Self {
            source,
            segments,
            at: 0,
            nesting: Nesting::default(),
            depth: 0,
            elifs: 0,
            parent: None,
            block_names: HashSet::new(),
            components: HashMap::new(),
        }
    }

    pub(super) fn tree(mut self) -> Result<Tree, SyntaxError> {
        let nodes = self.nodes(&[])?;
        Ok(Tree { nodes, parent: self.parent })
    }

    fn segment(&self) -> Option<&'t Segment> {
        self.segments.list.get(self.at)
    }

    /// Why the stretch at hand has no end.
    fn unfinished(&self) -> Option<&'t SyntaxError> {
        self.segments.error.as_ref().filter(|_| self.at + 1 == self.segments.list.len())
    }

    fn expressions(&self, segment: &'t Segment) -> Expressions<'t> {
        let broken = self.unfinished();
        let length = if broken.is_some() { 0 } else { 2 };
        let close = Span::new(segment.whole.end - length, segment.whole.end);
        let delimiter = if segment.kind == SegmentKind::Print { "}}" } else { "%}" };
        let cursor = Cursor::new(self.source, self.segments.tokens(segment), (delimiter, close), broken);
        Expressions::new(cursor, self.nesting.has(OpenKind::For))
    }

    /// What stands before the tag that starts with one of these words, or before the end of the file.
    pub(super) fn nodes(&mut self, ends: &[&str]) -> Result<Vec<Node>, SyntaxError> {
        if self.depth == DEEPEST {
            let tag = self.nesting.last().map(|open| open.tag).unwrap_or_default();
            let message = format!("tags are nested more than {DEEPEST} deep");
            return Err(SyntaxError::new(tag, message).with_help("Put the inner ones into a template to include."));
        }
        self.depth += 1;
        let mut nodes = Vec::new();
        while let Some(segment) = self.segment() {
            if segment.kind == SegmentKind::Tag && ends.contains(&self.expressions(segment).cursor.text()) {
                break;
            }
            let is_unseen = self.parent.is_some() && self.nesting.is_top();
            let node = self.node(segment, &nodes)?;
            if is_unseen && !is_seen_in_child(&node, self.source) {
                let error = SyntaxError::new(segment.whole, "a template that extends another prints only its blocks");
                return Err(error.with_help("Put this into a {% block %}."));
            }
            nodes.push(node);
        }
        self.depth -= 1;
        Ok(nodes)
    }

    /// One stretch, and all up to the tag that ends it.
    fn node(&mut self, segment: &'t Segment, before: &[Node]) -> Result<Node, SyntaxError> {
        let Segment { kind, whole, printed, .. } = *segment;
        let node = match (kind, self.unfinished()) {
            (SegmentKind::Print, _) => {
                let mut print = self.expressions(segment);
                let expr = print.expression(0)?;
                print.cursor.finish()?;
                Node::Print { tag: whole, expr }
            }
            (SegmentKind::Tag, _) => return self.tag(segment, before),
            (_, Some(error)) => return Err(error.clone()),
            (SegmentKind::Comment, None) => Node::Comment(whole),
            (SegmentKind::Text | SegmentKind::Raw, None) => {
                Node::Text(Text { whole, printed, is_raw: kind == SegmentKind::Raw })
            }
        };
        self.at += 1;
        Ok(node)
    }

    fn tag(&mut self, segment: &'t Segment, before: &[Node]) -> Result<Node, SyntaxError> {
        let mut read = self.expressions(segment);
        let word = read.cursor.text();
        let word_span = read.cursor.span();
        let tag = segment.whole;
        self.at += 1;
        read.cursor.skip();
        match word {
            "if" => self.read_if(tag, read),
            "for" => self.read_for(tag, read),
            "set" | "set_global" => self.read_set(tag, read, word == "set_global"),
            "filter" => {
                let filters = read.filters()?;
                read.cursor.finish()?;
                let body = self.body(OpenKind::Filter, tag)?;
                Ok(Node::FilterBlock { tag, filters, body })
            }
            "include" => {
                let template =
                    read.cursor.quoted().ok_or_else(|| read.cursor.expected("a template's name in quotes"))?;
                read.cursor.finish()?;
                Ok(Node::Include { tag, template })
            }
            "extends" => self.read_extends(tag, read, before),
            "block" => self.read_block(tag, read),
            "component" => self.read_component(tag, read),
            "<" => self.read_call(tag, read),
            "break" | "continue" => {
                self.nesting.allow_jump(word, tag)?;
                read.cursor.finish()?;
                Ok(if word == "break" { Node::Break(tag) } else { Node::Continue(tag) })
            }
            _ => {
                self.at -= 1;
                let first = self.expressions(segment).cursor;
                Err(stray::unknown_tag(&first, word_span, &self.nesting))
            }
        }
    }

    /// The body of a tag with one end, which is passed.
    pub(super) fn body(&mut self, kind: OpenKind, tag: Span) -> Result<Body, SyntaxError> {
        self.nesting.open(kind, tag);
        let nodes = self.nodes(&[kind.closing()])?;
        let (_, end, read) = self.end(kind, tag)?;
        read.cursor.finish()?;
        self.nesting.close();
        Ok(Body { nodes, end })
    }

    /// The tag that ends a body: its first word, its place and the rest of it.
    pub(super) fn end(&mut self, kind: OpenKind, tag: Span) -> Result<(&'t str, Span, Expressions<'t>), SyntaxError> {
        let Some(segment) = self.segment() else {
            return Err(stray::missing_end(Open { kind, tag }));
        };
        let mut read = self.expressions(segment);
        let word = read.cursor.text();
        read.cursor.skip();
        self.at += 1;
        Ok((word, segment.whole, read))
    }

    fn read_if(&mut self, tag: Span, mut read: Expressions<'t>) -> Result<Node, SyntaxError> {
        self.nesting.open(OpenKind::If, tag);
        let mut arms = Vec::new();
        let (mut arm_tag, mut condition) = (tag, Some(read.expression(0)?));
        read.cursor.finish()?;
        loop {
            let ends: &[&str] = if condition.is_some() { &["elif", "else", "endif"] } else { &["endif"] };
            let nodes = self.nodes(ends)?;
            let (word, end, mut read) = self.end(OpenKind::If, tag)?;
            arms.push(Arm { tag: arm_tag, condition: condition.take(), body: Body { nodes, end } });
            arm_tag = end;
            if word == "elif" {
                self.elifs += 1;
                if self.elifs > MOST_ELIFS {
                    let message = format!("more than {MOST_ELIFS} elifs stand before this one");
                    return Err(
                        SyntaxError::new(end, message).with_help("Put some of them into a template to include.")
                    );
                }
                condition = Some(read.expression(0)?);
            }
            read.cursor.finish()?;
            if word == "endif" {
                self.nesting.close();
                self.elifs -= arms.iter().skip(1).filter(|arm| arm.condition.is_some()).count();
                return Ok(Node::If(If { arms }));
            }
        }
    }

    fn read_for(&mut self, tag: Span, mut read: Expressions<'t>) -> Result<Node, SyntaxError> {
        self.nesting.open(OpenKind::For, tag);
        read.in_loop = true;
        let mut names = read.loop_names()?;
        let list = read.expression(0)?;
        read.cursor.finish()?;
        let nodes = self.nodes(&["else", "endfor"])?;
        let (word, end, read) = self.end(OpenKind::For, tag)?;
        read.cursor.finish()?;
        self.nesting.close();
        let otherwise = if word == "else" { Some((end, self.body(OpenKind::ForElse, tag)?)) } else { None };
        let value = names.pop().expect("a loop has one name or two");
        let body = Body { nodes, end };
        Ok(Node::For(Box::new(For { tag, key: names.pop(), value, list, body, otherwise })))
    }

    fn read_set(&mut self, tag: Span, mut read: Expressions<'t>, is_global: bool) -> Result<Node, SyntaxError> {
        let name = binding(read.cursor.name("a name")?)?;
        if read.cursor.takes("=") {
            let value = read.expression(0)?;
            read.cursor.finish()?;
            return Ok(Node::Set { tag, name, value, is_global });
        }
        let filters = if read.cursor.takes("|") { read.filters()? } else { Vec::new() };
        if filters.is_empty() && read.cursor.peek().is_some() {
            return Err(read.cursor.expected("“=”"));
        }
        read.cursor.finish()?;
        let body = self.body(OpenKind::Set, tag)?;
        Ok(Node::SetBlock { tag, name, filters, body, is_global })
    }

    /// `{% <Name a={b}> %} … {% </Name> %}`
    fn read_call(&mut self, tag: Span, mut read: Expressions<'t>) -> Result<Node, SyntaxError> {
        let call = read.component_call()?;
        read.cursor.expect(">")?;
        read.cursor.finish()?;
        self.nesting.open(OpenKind::Call, tag);
        let nodes = self.nodes(&["</"])?;
        let (_, end, mut read) = self.end(OpenKind::Call, tag)?;
        let again = read.cursor.dotted_name()?;
        stray::same_name(&call.name, &again, "component")?;
        read.cursor.expect(">")?;
        read.cursor.finish()?;
        self.nesting.close();
        Ok(Node::ComponentCall { tag, call, body: Body { nodes, end } })
    }
}
