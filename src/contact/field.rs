//! Where a field of a person is written.

use super::FactKind;
use crate::text::Span;
use crate::text::yaml::{Node, Segment, path};

/// The bytes of the value that a path such as `facts[0].what` leads to, in what is written of a person. In the short
/// form of a fact, `talk: …`, that is what the kind stands before.
#[must_use]
pub fn field(person: &Node<'_>, field: &str) -> Option<Span> {
    let found = path(field).iter().try_fold(person, |node, step| match step {
        Segment::Index(at) => node.items().get(*at),
        Segment::Key("what") => node.get("what").or_else(|| short(node).map(|(_, what)| what)),
        Segment::Key("kind") => node.get("kind").or_else(|| short(node).map(|(kind, _)| kind)),
        Segment::Key(key) => node.get(key),
    });
    found.map(|node| node.span)
}

/// The entry of a fact whose key is its kind.
fn short<'n, 't>(fact: &'n Node<'t>) -> Option<&'n (Node<'t>, Node<'t>)> {
    fact.entries().iter().find(|(key, _)| key.text().is_some_and(|key| key.parse::<FactKind>().is_ok()))
}
