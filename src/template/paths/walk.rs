//! One path through a template.

use super::choose::Choose;
use super::compute::Computer;
use super::conditions::{Condition, Formula, Known};
use super::forest::{Base, Blocks, Forest, Leaf};
use super::names::{Frame, Names, Round};
use super::notes::{Notes, Outcome, Sort, words};
use super::script::Script;
use super::value::{Fragment, Value};
use super::variables::Variables;
use super::{Choice, Effect, Taken};
use crate::template::syntax::tree::{Body, For, If, Node};
use crate::text::{FileId, SourceSpan, Sources, Span};

/// Steps of one path.
const MOST_STEPS: usize = 20_000;
/// Pieces of one path.
const MOST_PIECES: usize = 5_000;
/// Tags and expressions inside one another, through includes and components.
const DEEPEST: usize = 160;

/// What all paths of a template share.
pub(super) struct Shared<'t> {
    pub(super) forest: &'t Forest<'t>,
    pub(super) sources: &'t Sources,
    pub(super) variables: Variables,
    pub(super) computer: Computer,
    pub(super) notes: Notes,
    /// Steps of all paths.
    pub(super) steps: usize,
}

/// Why a path ends early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Tera would refuse: there is no such note.
    Fails,
    /// It was followed as far as it is worth.
    Cut,
}

/// How a stretch of a template ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

/// What an outcome was, and whether another was possible.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taking {
    pub(super) outcome: Outcome,
    pub(super) is_open: bool,
}

/// What must hold for a value to be there, where it is used, and its path.
pub(super) type Need = (Formula, SourceSpan, String);

/// The blocks of the template that is rendered, and those that are open.
#[derive(Default)]
pub(super) struct Inheritance<'t> {
    pub(super) blocks: Blocks<'t>,
    /// Name and level, for `super()`.
    pub(super) open: Vec<(&'t str, usize)>,
}

/// A walk along one path.
pub(super) struct Walk<'w, 't> {
    pub(super) shared: &'w mut Shared<'t>,
    pub(super) script: &'w mut Script,
    pub(super) chooser: &'w mut dyn Choose,
    pub(super) known: Known,
    pub(super) names: Names<'t>,
    pub(super) inheritance: Inheritance<'t>,
    /// What the spans of the tags that are walked count.
    pub(super) base: Base,
    /// What is printed, and above it what is captured.
    pub(super) output: Vec<Vec<Fragment>>,
    pub(super) takings: Vec<Taking>,
    /// What had to hold to come here.
    pub(super) guards: Vec<Formula>,
    /// What the condition that is being read needs to be no error.
    pub(super) needed: Vec<Vec<Need>>,
    /// What the condition that was read needed.
    pub(super) suspects: Vec<Need>,
    /// Whether what was read since this was set is the same on every path.
    pub(super) is_steady: bool,
    /// Whether the last answer could have been another.
    pub(super) was_open: bool,
    pub(super) steps: usize,
    pub(super) depth: usize,
}

impl<'w, 't> Walk<'w, 't> {
    pub(super) fn new(shared: &'w mut Shared<'t>, script: &'w mut Script, chooser: &'w mut dyn Choose) -> Self {
        let known = shared.variables.start();
        Self {
            shared,
            script,
            chooser,
            known,
            names: Names::default(),
            inheritance: Inheritance::default(),
            base: Base { file: FileId(0), start: 0 },
            output: vec![Vec::new()],
            takings: Vec::new(),
            guards: Vec::new(),
            needed: Vec::new(),
            suspects: Vec::new(),
            is_steady: true,
            was_open: false,
            steps: 0,
            depth: 0,
        }
    }

    /// Walks a whole template, as it is rendered.
    pub(super) fn template(&mut self, leaf: Leaf<'t>) -> Result<(), Stop> {
        let (root, blocks) = self.shared.forest.lineage(leaf);
        self.inheritance.blocks = blocks;
        self.base = root.base;
        self.names.enter(Frame::default());
        let flow = self.nodes(root.nodes);
        self.names.leave();
        flow.map(|_| ())
    }

    pub(super) const fn at(&self, span: Span) -> SourceSpan {
        SourceSpan { file: self.base.file, span: span.shift(self.base.start) }
    }

    /// The bytes of the file.
    pub(super) fn source(&self, span: Span) -> &'t str {
        super::value::literal(self.shared.sources, self.at(span))
    }

    /// Counts a step. A path that takes too many is left where it is.
    pub(super) fn step(&mut self, span: Span) -> Result<(), Stop> {
        self.steps += 1;
        self.shared.steps += 1;
        let pieces = self.output.last().map_or(0, Vec::len);
        if self.steps > MOST_STEPS || pieces > MOST_PIECES {
            return self.cut(span, "this goes on for longer than can be followed");
        }
        if self.depth > DEEPEST {
            return self.cut(span, "this is nested deeper than can be followed");
        }
        Ok(())
    }

    fn cut(&mut self, span: Span, why: &str) -> Result<(), Stop> {
        self.unread(span, why);
        Err(Stop::Cut)
    }

    pub(super) fn unread(&mut self, span: Span, why: &str) {
        let at = self.at(span);
        self.shared.notes.unread(at, why);
    }

    pub(super) fn missing(&mut self, at: SourceSpan, path: &str, effect: Effect) {
        let outcomes: Vec<_> = self.open_outcomes().collect();
        self.shared.notes.missing(at, path, effect, &outcomes);
    }

    /// The outcomes that could have been others.
    pub(super) fn open_outcomes(&self) -> impl Iterator<Item = Outcome> {
        self.takings.iter().filter(|taking| taking.is_open).map(|taking| taking.outcome)
    }

    pub(super) fn push(&mut self, fragments: impl IntoIterator<Item = Fragment>) {
        if let Some(output) = self.output.last_mut() {
            output.extend(fragments);
        }
    }

    pub(super) fn nodes(&mut self, nodes: &'t [Node]) -> Result<Flow, Stop> {
        self.depth += 1;
        let mut flow = Flow::Next;
        for node in nodes {
            flow = self.node(node)?;
            if flow != Flow::Next {
                break;
            }
        }
        self.depth -= 1;
        Ok(flow)
    }

    fn node(&mut self, node: &'t Node) -> Result<Flow, Stop> {
        self.is_steady = true;
        match node {
            Node::Text(text) => {
                self.step(text.printed)?;
                let literal = Fragment::Literal(self.at(text.printed));
                self.push((!text.printed.is_empty()).then_some(literal));
            }
            Node::Comment(_) | Node::Extends { .. } | Node::Component { .. } => {}
            Node::Print { expr, .. } => {
                let value = self.value(expr)?;
                let text = self.print(&value, expr)?;
                self.push(text);
            }
            Node::If(branch) => return self.branch(branch),
            Node::For(rounds) => return self.rounds(rounds),
            Node::Set { name, value, is_global, .. } => {
                let value = self.value(value)?;
                self.names.set(&name.value, value, *is_global);
            }
            Node::SetBlock { name, filters, body, is_global, .. } => {
                let value = self.captured(body)?;
                let value = filters.iter().try_fold(value, |value, call| self.apply(value, call, call.span))?;
                self.names.set(&name.value, value, *is_global);
            }
            Node::FilterBlock { tag, filters, body } => {
                let value = self.captured(body)?;
                let value = filters.iter().try_fold(value, |value, call| self.apply(value, call, call.span))?;
                let text = self.print_at(&value, *tag, "the filter's text")?;
                self.push(text);
            }
            Node::Include { tag, template } => self.include(*tag, &template.value)?,
            Node::Block { name, body, .. } => self.block(&name.value, body)?,
            Node::ComponentCall { tag, call, body } => {
                let body = self.captured(body)?;
                self.component(call, Some(body), *tag)?;
            }
            Node::Break(_) => return Ok(Flow::Break),
            Node::Continue(_) => return Ok(Flow::Continue),
        }
        Ok(Flow::Next)
    }

    /// What a body prints.
    pub(super) fn captured(&mut self, body: &'t Body) -> Result<Value, Stop> {
        self.output.push(Vec::new());
        // Neither `break` nor `continue` can leave a capture.
        self.nodes(&body.nodes)?;
        Ok(Value::Text(self.output.pop().unwrap_or_default().into()))
    }

    fn branch(&mut self, branch: &'t If) -> Result<Flow, Stop> {
        let Some(first) = branch.arms.first() else { return Ok(Flow::Next) };
        let conditions: Vec<_> = branch.arms.iter().filter_map(|arm| arm.condition.as_ref()).collect();
        let sources: Vec<_> = conditions.iter().map(|expr| (self.at(expr.span), self.source(expr.span))).collect();
        let question = self.shared.notes.question(self.at(first.tag), Sort::Arms, || {
            let choice = |(at, what): &(SourceSpan, &str), taken| Choice { at: *at, what: words(what), taken };
            let arms = sources.iter().map(|source| choice(source, Taken::Yes));
            arms.chain(sources.last().map(|last| choice(last, Taken::No))).collect()
        });
        let outcome = |at: usize| Outcome { question, answer: u8::try_from(at).unwrap_or(u8::MAX) };
        let rest: Vec<_> = (0..=conditions.len()).map(outcome).collect();
        let guards = self.guards.len();
        let mut is_open = false;
        let mut taken = conditions.len();
        for (at, expr) in conditions.iter().enumerate() {
            let condition = self.condition(expr)?;
            let yes = self.ask(&condition, outcome(at), &rest[at + 1..], expr.span)?;
            is_open |= self.was_open;
            if yes {
                taken = at;
                break;
            }
        }
        self.take(outcome(taken), is_open);
        let flow = branch.arms.get(taken).map_or(Ok(Flow::Next), |arm| self.nodes(&arm.body.nodes));
        self.guards.truncate(guards);
        flow
    }

    /// Notes an outcome.
    pub(super) fn take(&mut self, outcome: Outcome, is_open: bool) {
        self.chooser.takes(outcome);
        self.takings.push(Taking { outcome, is_open });
    }

    fn rounds(&mut self, node: &'t For) -> Result<Flow, Stop> {
        let guards = self.guards.len();
        let items = self.items(&node.list, node.key.is_some(), node.otherwise.is_some())?;
        let length = items.len();
        for (index, (key, value)) in items.into_iter().enumerate() {
            self.step(node.tag)?;
            let key = node.key.as_ref().zip(key).map(|(name, key)| (&*name.value, key));
            self.names.begin(Round { key, value: (&node.value.value, value), index, length, sets: Vec::new() });
            let flow = self.nodes(&node.body.nodes);
            self.names.end();
            if flow? == Flow::Break {
                break;
            }
        }
        let flow = match &node.otherwise {
            Some((_, body)) if length == 0 => self.nodes(&body.nodes),
            _ => Ok(Flow::Next),
        };
        self.guards.truncate(guards);
        flow
    }

    /// Whether a condition holds on this path.
    pub(super) fn holds(&mut self, condition: &Condition, span: Span) -> Result<bool, Stop> {
        let (at, source) = (self.at(span), self.source(span));
        let question = self.shared.notes.question(at, Sort::Answers, || {
            let choice = |taken| Choice { at, what: words(source), taken };
            vec![choice(Taken::Yes), choice(Taken::No)]
        });
        let outcome = |answer| Outcome { question, answer };
        let guards = self.guards.len();
        let yes = self.ask(condition, outcome(0), &[outcome(1)], span)?;
        // What follows does not depend on it.
        self.guards.truncate(guards);
        self.take(outcome(u8::from(!yes)), self.was_open);
        Ok(yes)
    }
}
