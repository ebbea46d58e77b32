//! The trees of all templates of a library, and what they share: components and blocks.

use rustc_hash::FxHashMap;

use crate::template::syntax::tree::{Body, Node, Parameter};
use crate::template::{Library, Template};
use crate::text::FileId;

/// The text whose bytes the spans of a tree count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) file: FileId,
    /// Where it begins in the file.
    pub(super) start: usize,
}

/// A template's tree, or that of its subject line.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'t> {
    pub(super) base: Base,
    pub(super) nodes: &'t [Node],
    parent: Option<&'t str>,
}

impl<'t> Leaf<'t> {
    pub(super) fn new(template: &'t Template) -> Self {
        let tree = template.tree();
        let base = Base { file: template.file(), start: 0 };
        Self { base, nodes: &tree.nodes, parent: tree.parent.as_ref().map(|parent| &*parent.value) }
    }

    /// The subject line, if it is written in its file as it is read.
    pub(super) fn subject(template: &'t Template) -> Option<Self> {
        let (line, tree) = (template.front().subject.as_ref()?, template.subject()?);
        let written = template.source().get(line.span.range())?;
        let quotes = written.len().checked_sub(line.value.len())? / 2;
        let start = line.span.start + quotes;
        let is_same = written.get(quotes..quotes + line.value.len()) == Some(&line.value);
        is_same.then_some(Self { base: Base { file: template.file(), start }, nodes: &tree.nodes, parent: None })
    }
}

/// A component.
#[derive(Clone, Copy)]
pub(super) struct Definition<'t> {
    pub(super) base: Base,
    pub(super) parameters: &'t [Parameter],
    pub(super) body: &'t Body,
}

/// The blocks of a template and of those it extends, by name: its own first, then its parent's.
pub(super) type Blocks<'t> = FxHashMap<&'t str, Vec<(Base, &'t Body)>>;

/// Templates that extend one another.
const MOST_PARENTS: usize = 32;

/// The trees of a library.
pub(super) struct Forest<'t> {
    library: &'t Library,
    components: FxHashMap<&'t str, Definition<'t>>,
}

impl<'t> Forest<'t> {
    pub(super) fn new(library: &'t Library) -> Self {
        let mut components = FxHashMap::default();
        for template in library.all() {
            let leaf = Leaf::new(template);
            for node in leaf.nodes {
                if let Node::Component { name, parameters, body, .. } = node {
                    components.insert(&*name.value, Definition { base: leaf.base, parameters, body });
                }
            }
        }
        Self { library, components }
    }

    pub(super) fn get(&self, id: &str) -> Option<Leaf<'t>> {
        self.library.get(id).map(Leaf::new)
    }

    pub(super) fn component(&self, name: &str) -> Option<Definition<'t>> {
        self.components.get(name).copied()
    }

    /// The template that is rendered in place of one that extends it, and the blocks it gets.
    pub(super) fn lineage(&self, leaf: Leaf<'t>) -> (Leaf<'t>, Blocks<'t>) {
        let mut blocks = Blocks::default();
        let mut leaf = leaf;
        for _ in 0..MOST_PARENTS {
            collect(leaf.base, leaf.nodes, &mut blocks);
            let Some(parent) = leaf.parent.and_then(|parent| self.get(parent)) else { break };
            leaf = parent;
        }
        (leaf, blocks)
    }
}

/// Finds the blocks in nodes.
fn collect<'t>(base: Base, nodes: &'t [Node], blocks: &mut Blocks<'t>) {
    for node in nodes {
        match node {
            Node::Block { name, body, .. } => {
                blocks.entry(&name.value).or_default().push((base, body));
                collect(base, &body.nodes, blocks);
            }
            Node::If(branch) => branch.arms.iter().for_each(|arm| collect(base, &arm.body.nodes, blocks)),
            Node::FilterBlock { body, .. } | Node::SetBlock { body, .. } | Node::ComponentCall { body, .. } => {
                collect(base, &body.nodes, blocks);
            }
            _ => {}
        }
    }
}
