//! What can be said of a template before anything is rendered.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::filters::speaks;
use super::front_matter::{FIELDS, FrontMatter, Need};
use super::scope::{NAMES, PARTS};
use super::syntax::{Name, Role, TokenKind, names, tokens};
use crate::contact::FactKind;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{Span, similar};

/// Everything a template sees: names, and kinds of facts.
static VISIBLE: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| NAMES.iter().copied().chain(FactKind::ALL.map(FactKind::as_str)).collect());

/// The id under which a kind of fact that the front matter does not name is reported.
const UNDECLARED: &str = "template/undeclared";

/// The names of a template, read once.
pub(super) struct Names<'t> {
    values: Vec<Name<'t>>,
    filters: Vec<Name<'t>>,
    bound: HashSet<&'t str>,
    /// A loop inside an expression.
    inner_loop: Option<Span>,
    includes: bool,
}

impl<'t> Names<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        let mut all =
            Self { values: vec![], filters: vec![], bound: HashSet::new(), inner_loop: None, includes: false };
        for token in tokens(source).into_iter().filter(|token| token.kind != TokenKind::Comment) {
            for (at, name) in names(source, &token).into_iter().enumerate() {
                let is_tag_word = at == 0 && token.kind == TokenKind::Tag;
                all.includes |= is_tag_word && matches!(name.path, "include" | "extends");
                if name.path == "for" && !is_tag_word {
                    all.inner_loop = all.inner_loop.or(Some(name.span));
                }
                match name.role {
                    Role::Value => all.values.push(name),
                    Role::Filter => all.filters.push(name),
                    Role::Binding => drop(all.bound.insert(name.path)),
                    Role::Word => {}
                }
            }
        }
        all
    }

    /// Where a path, or what begins with it, is used first.
    pub(super) fn first_use(&self, path: &str) -> Option<Span> {
        let uses = |name: &&Name<'_>| {
            let plain = name.path.replace("?.", ".");
            plain == path || plain.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
        };
        self.values.iter().find(uses).map(|name| name.span)
    }

    /// The path whose name stands at a place.
    pub(super) fn path_at(&self, span: Span) -> Option<(String, Span)> {
        let at = |name: &&Name<'_>| name.span.overlaps(span) || name.span.contains(span);
        self.values.iter().find(at).map(|name| (name.path.replace("?.", "."), name.span))
    }
}

/// Findings in a template's text; `front` is `None` for one that is only included.
pub(super) fn check(source: &str, front: Option<&FrontMatter>) -> Vec<Diagnostic> {
    let all = Names::new(source);
    let mut found: Vec<_> = all.values.iter().filter_map(|name| value(name, &all, front)).collect();
    // A kind is declared once, however often it is used.
    let mut undeclared = HashSet::new();
    found.retain(|found| &*found.rule != UNDECLARED || undeclared.insert(found.message.clone()));
    if let Some(span) = all.inner_loop {
        let message = "a list made by a loop inside an expression has no bound";
        let help = "Use a {% for %} block.";
        found.push(Diagnostic::new("template/limit", Level::Error, message, span).with_help(help));
    }
    if let Some(front) = front {
        found.extend(language(&all, front));
        found.extend(unused(&all, front));
    }
    found.sort_by_key(|finding| finding.span);
    found
}

/// A name that stands for nothing.
fn value(name: &Name<'_>, all: &Names<'_>, front: Option<&FrontMatter>) -> Option<Diagnostic> {
    let path = name.path.replace("?.", ".");
    let mut steps = path.split('.');
    let root = steps.next().unwrap_or_default();
    if all.bound.contains(root) || matches!(root, "loop" | "__tera_context" | "body") {
        return None;
    }
    let field = steps.next();
    let kind = FactKind::ALL.into_iter().find(|kind| kind.as_str() == root);
    let known = match (root, kind) {
        ("contact" | "me", _) => FIELDS,
        (_, Some(_)) => PARTS,
        _ if NAMES.contains(&root) => return None,
        _ => return Some(undefined(name.span, &path, &format!("“{root}” is nothing a template sees"), root, &VISIBLE)),
    };
    if let Some(field) = field.filter(|field| !known.contains(field)) {
        return Some(undefined(name.span, &path, &format!("{root} has no “{field}”"), field, known));
    }
    let (kind, front) = (kind?, front?);
    if front.uses(kind) {
        return None;
    }
    let message = format!("the template uses {root}, and its front matter does not say so");
    let help = format!("Add {root} to `needs`, or to `may` if the note reads well without it.");
    Some(Diagnostic::new(UNDECLARED, Level::Error, message, name.span).with_help(help))
}

fn undefined(span: Span, path: &str, what: &str, name: &str, known: &[&str]) -> Diagnostic {
    let message = match similar(name, known.iter().copied()) {
        Some(near) => format!("{what}: did you mean {}?", path.replacen(name, near, 1)),
        None => what.to_owned(),
    };
    let help = format!("Known here: {}.", known.join(", "));
    Diagnostic::new("template/undefined", Level::Error, message, span).with_help(help)
}

/// Filters that would write English in another language.
fn language<'n>(all: &'n Names<'_>, front: &FrontMatter) -> impl Iterator<Item = Diagnostic> + 'n {
    let tag = front.language.clone();
    let filters = all.filters.iter().filter(move |name| !speaks(name.path, &tag));
    filters.map(|name| {
        let message = format!("the filter {} does not write this template's language", name.path);
        Diagnostic::new("template/language", Level::Error, message, name.span).with_help("Write the words out.")
    })
}

/// Needs that the template never uses: a person without them would be turned away for nothing.
fn unused<'n>(all: &'n Names<'_>, front: &'n FrontMatter) -> impl Iterator<Item = Diagnostic> + 'n {
    let subject = front.subject.as_ref().map(|subject| Names::new(&subject.value));
    let in_subject = move |path: &str| subject.as_ref().is_some_and(|names| names.first_use(path).is_some());
    let loops_over_facts = all.first_use("facts").is_some();
    front.needs.iter().filter_map(move |need| {
        let path = need.value.path();
        let is_used = all.includes || all.first_use(&path).is_some() || in_subject(&path);
        let is_looped = loops_over_facts && matches!(need.value, Need::Fact(_));
        let message = format!("the template needs {path} and does not use it");
        let help = "Use it, or take it out of `needs`.";
        (!is_used && !is_looped)
            .then(|| Diagnostic::new("template/unused", Level::Warning, message, need.span).with_help(help))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::front_matter;

    fn found(source: &str) -> Vec<String> {
        let (front, slips) = front_matter::read("invite/x", source).unwrap();
        assert_eq!(slips, []);
        check(source, Some(&front))
            .iter()
            .map(|d| format!("{} {} [{}]", d.rule, d.message, &source[d.span.range()]))
            .collect()
    }

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        assert_eq!(
            found("{# title: x\nneeds: [event] #}\n{{ contact.frist_name }} {{ evnt.what }} {{ event.wat }} {{ x }}"),
            [
                "template/unused the template needs event and does not use it [event]",
                "template/undefined contact has no “frist_name”: did you mean contact.first_name? [contact.frist_name]",
                "template/undefined “evnt” is nothing a template sees: did you mean event.what? [evnt.what]",
                "template/undefined event has no “wat”: did you mean event.what? [event.wat]",
                "template/undefined “x” is nothing a template sees [x]",
            ][1..]
        );
    }

    #[test]
    fn front_matter_and_text_must_agree() {
        assert_eq!(
            found("{# title: x\nneeds: [event, me.role] #}\nHi {{ talk.what }} {{ me.role }}"),
            [
                "template/unused the template needs event and does not use it [event]",
                "template/undeclared the template uses talk, and its front matter does not say so [talk.what]",
            ]
        );
    }

    #[test]
    fn what_a_template_names_itself_is_known() {
        assert!(found("{# title: x #}\n{% for f in facts %}{{ f.what }}{{ loop.index }}{% set y = f.when %}{{ y }}{% endfor %}").is_empty());
    }

    #[test]
    fn loops_in_expressions_and_english_filters_elsewhere_are_findings() {
        let source = "{# title: x\nlanguage: de #}\n{{ [f.what for f in facts] | join }}{{ me.role | a_or_an }}";
        let rules: Vec<_> = found(source).iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
        assert!(
            rules.contains(&"template/limit".to_owned()) && rules.contains(&"template/language".to_owned()),
            "{rules:?}"
        );
    }
}
