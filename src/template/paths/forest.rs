//! The trees of all templates of a library, and what they share: components and blocks.

use rustc_hash::FxHashMap;

use crate::template::Library;
use crate::template::syntax;
use crate::template::syntax::tree::{Body, Node, Parameter, Tree};
use crate::text::FileId;

/// The trees of a library, read once.
pub(crate) struct Forest {
    trees: FxHashMap<String, (FileId, Tree)>,
}

/// A template's tree.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'t> {
    pub(super) id: &'t str,
    pub(super) file: FileId,
    pub(super) tree: &'t Tree,
}

/// A component.
#[derive(Clone, Copy)]
pub(super) struct Definition<'t> {
    pub(super) file: FileId,
    pub(super) parameters: &'t [Parameter],
    pub(super) body: &'t Body,
}

/// The blocks of a template and of those it extends, by name: its own first, then its parent's.
pub(super) type Blocks<'t> = FxHashMap<&'t str, Vec<(FileId, &'t Body)>>;

/// Templates that extend one another.
const MOST_PARENTS: usize = 32;

impl Forest {
    pub(crate) fn new(library: &Library) -> Self {
        let mut trees = FxHashMap::default();
        for template in library.all() {
            if let Ok(tree) = syntax::parse(template.source()) {
                trees.insert(template.id().to_owned(), (template.file(), tree));
            }
        }
        Self { trees }
    }

    pub(super) fn get(&self, id: &str) -> Option<Leaf<'_>> {
        let (id, (file, tree)) = self.trees.get_key_value(id)?;
        Some(Leaf { id, file: *file, tree })
    }

    pub(super) fn component(&self, name: &str) -> Option<Definition<'_>> {
        self.trees.values().find_map(|(file, tree)| {
            tree.nodes.iter().find_map(|node| match node {
                Node::Component { name: own, parameters, body, .. } if own.value == name => {
                    Some(Definition { file: *file, parameters, body })
                }
                _ => None,
            })
        })
    }

    /// The template that is rendered in place of one that extends it, and the blocks it gets.
    pub(super) fn lineage<'t>(&'t self, leaf: Leaf<'t>) -> (Leaf<'t>, Blocks<'t>) {
        let mut blocks = Blocks::default();
        let mut leaf = leaf;
        for _ in 0..MOST_PARENTS {
            collect(leaf.file, &leaf.tree.nodes, &mut blocks);
            let Some(parent) = leaf.tree.parent.as_ref().and_then(|parent| self.get(&parent.value)) else { break };
            leaf = parent;
        }
        (leaf, blocks)
    }
}

/// Finds the blocks in nodes.
fn collect<'t>(file: FileId, nodes: &'t [Node], blocks: &mut Blocks<'t>) {
    for node in nodes {
        match node {
            Node::Block { name, body, .. } => {
                blocks.entry(&name.value).or_default().push((file, body));
                collect(file, &body.nodes, blocks);
            }
            Node::If(branch) => branch.arms.iter().for_each(|arm| collect(file, &arm.body.nodes, blocks)),
            Node::FilterBlock { body, .. } | Node::SetBlock { body, .. } | Node::ComponentCall { body, .. } => {
                collect(file, &body.nodes, blocks);
            }
            _ => {}
        }
    }
}
