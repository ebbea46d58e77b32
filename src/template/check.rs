//! What can be said of a template before anything is rendered.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::filters::speaks;
use super::front_matter::{FIELDS, FrontMatter, Need};
use super::reads::{Read, Reads, StandsFor};
use super::scope::{NAMES, PARTS};
use crate::contact::FactKind;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{Span, similar};

/// Everything a template sees: names, and kinds of facts.
static VISIBLE: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| NAMES.iter().copied().chain(FactKind::ALL.map(FactKind::as_str)).collect());

/// The id under which a kind of fact that the front matter does not name is reported.
const UNDECLARED: &str = "template/undeclared";
/// The id under which a name that stands for nothing is reported.
const UNDEFINED: &str = "template/undefined";

/// Findings in a template's text; `front` is `None` for one that is only included.
pub(super) fn check(reads: &Reads, subject: Option<&Reads>, front: Option<&FrontMatter>) -> Vec<Diagnostic> {
    let mut found: Vec<_> = reads.values.iter().filter_map(|read| value(read, reads, front)).collect();
    if let (Some(subject), Some(line)) = (subject, front.and_then(|front| front.subject.as_ref())) {
        let in_subject = subject.values.iter().filter_map(|read| value(read, subject, front));
        found.extend(in_subject.map(|finding| Diagnostic { span: line.span, ..finding }));
    }
    // A kind is declared once, however often it is used.
    let mut undeclared = HashSet::new();
    found.retain(|found| &*found.rule != UNDECLARED || undeclared.insert(found.message.clone()));
    if let Some(span) = reads.inner_loop.or(front.zip(subject).and_then(inner_loop_of_subject)) {
        let message = "a list made by a loop inside an expression has no bound";
        let help = "Use a {% for %} block.";
        found.push(Diagnostic::new("template/limit", Level::Error, message, span).with_help(help));
    }
    if let Some(front) = front {
        found.extend(language(reads, front));
        found.extend(unused(reads, subject, front));
    }
    found.sort_by_key(|finding| finding.span);
    found
}

fn inner_loop_of_subject((front, subject): (&FrontMatter, &Reads)) -> Option<Span> {
    subject.inner_loop.and(front.subject.as_ref()).map(|line| line.span)
}

/// A value that stands for nothing.
fn value(read: &Read, reads: &Reads, front: Option<&FrontMatter>) -> Option<Diagnostic> {
    let path = match &read.stands_for {
        StandsFor::Path(path) => path,
        StandsFor::Own => return None,
        StandsFor::Unseen => return Some(unseen(read)),
    };
    let root_end = path.find(['.', '[']).unwrap_or(path.len());
    let (root, rest) = path.split_at(root_end);
    let kind = FactKind::ALL.into_iter().find(|kind| kind.as_str() == root);
    let (whole, known, rest) = match (root, kind) {
        ("contact" | "me", _) => (root, FIELDS, rest),
        (_, Some(_)) => (root, PARTS, rest),
        ("facts", _) => match rest.strip_prefix("[]") {
            Some(rest) => ("a fact", PARTS, rest),
            None => return rest.starts_with('.').then(|| list(read)),
        },
        _ if NAMES.contains(&root) => return None,
        _ => return Some(unknown(read, root, reads)),
    };
    let field = rest.strip_prefix('.').map(|rest| &rest[..rest.find(['.', '[']).unwrap_or(rest.len())]);
    if let Some(field) = field.filter(|field| !known.contains(field)) {
        return Some(undefined(read, &format!("{whole} has no “{field}”"), field, known));
    }
    let (kind, front) = (kind?, front?);
    if front.uses(kind) {
        return None;
    }
    let message = format!("the template uses {root}, and its front matter does not say so");
    let help = format!("Add {root} to `needs`, or to `may` if the note reads well without it.");
    Some(Diagnostic::new(UNDECLARED, Level::Error, message, read.span).with_help(help))
}

/// A name that no template sees, or not here.
fn unknown(read: &Read, root: &str, reads: &Reads) -> Diagnostic {
    if reads.giver(root).is_some() {
        let message = format!("“{root}” is known only inside the tag that names it");
        let help = "Use it there, or keep it with {% set_global %}.";
        return Diagnostic::new(UNDEFINED, Level::Error, message, read.span).with_help(help);
    }
    undefined(read, &format!("“{root}” is nothing a template sees"), root, &VISIBLE)
}

/// A name that a component does not get.
fn unseen(read: &Read) -> Diagnostic {
    let root = read.written.split(['.', '[']).next().unwrap_or_default();
    let message = format!("a component sees only its parameters, and “{root}” is none");
    let help = format!("Add the parameter {root}, or @{root} to take it from where the component is used.");
    Diagnostic::new(UNDEFINED, Level::Error, message, read.span).with_help(help)
}

fn list(read: &Read) -> Diagnostic {
    let message = format!("{} is read of a list, and only the facts in it have parts", read.written);
    let help = "Take one, facts[0], or go through them: {% for fact in facts %} … {% endfor %}.";
    Diagnostic::new(UNDEFINED, Level::Error, message, read.span).with_help(help)
}

fn undefined(read: &Read, what: &str, name: &str, known: &[&str]) -> Diagnostic {
    let message = match similar(name, known.iter().copied()) {
        Some(near) => format!("{what}: did you mean {}?", read.written.replacen(name, near, 1)),
        None => what.to_owned(),
    };
    let help = format!("Known here: {}.", known.join(", "));
    Diagnostic::new(UNDEFINED, Level::Error, message, read.span).with_help(help)
}

/// Filters that would write English in another language.
fn language<'n>(reads: &'n Reads, front: &FrontMatter) -> impl Iterator<Item = Diagnostic> + 'n {
    let tag = front.language.clone();
    let filters = reads.filters.iter().filter(move |name| !speaks(&name.value, &tag));
    filters.map(|name| {
        let message = format!("the filter {} does not write this template's language", name.value);
        Diagnostic::new("template/language", Level::Error, message, name.span).with_help("Write the words out.")
    })
}

/// Needs that the template never uses: a person without them would be turned away for nothing.
fn unused<'n>(
    reads: &'n Reads,
    subject: Option<&'n Reads>,
    front: &'n FrontMatter,
) -> impl Iterator<Item = Diagnostic> + 'n {
    let in_subject = move |path: &str| subject.is_some_and(|reads| reads.first_use(path).is_some());
    let loops_over_facts = reads.first_use("facts").is_some();
    front.needs.iter().filter_map(move |need| {
        let path = need.value.path();
        let is_used = reads.includes || reads.first_use(&path).is_some() || in_subject(&path);
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
    use crate::template::syntax::parse;

    fn found(source: &str) -> Vec<String> {
        let (front, slips) = front_matter::read("invite/x", source).unwrap();
        assert_eq!(slips, []);
        let reads = Reads::new(&parse(source).unwrap(), source);
        check(&reads, None, Some(&front))
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

    #[test]
    fn names_are_followed_through_loops_and_other_names() {
        let said = |source: &str| found(&format!("{{# title: x #}}\n{source}"));
        assert_eq!(
            said("{% for f in facts %}{{ f.wat }}{% endfor %}{{ f.what }}{{ facts[0].waht }}{{ facts.what }}"),
            [
                "template/undefined a fact has no “wat”: did you mean f.what? [f.wat]",
                "template/undefined “f” is known only inside the tag that names it [f.what]",
                "template/undefined a fact has no “waht”: did you mean facts[0].what? [facts[0].waht]",
                "template/undefined facts.what is read of a list, and only the facts in it have parts [facts.what]",
            ]
        );
        assert_eq!(
            said(
                "{% set you = contact %}{{ you.first_nam }}{{ contact['compnay'] }}{{ you.first_name | default(value=mee) }}"
            ),
            [
                "template/undefined contact has no “first_nam”: did you mean you.first_name? [you.first_nam]",
                "template/undefined contact has no “compnay”: did you mean contact['company']? [contact['compnay']]",
                "template/undefined “mee” is nothing a template sees: did you mean me? [mee]",
            ]
        );
        assert!(said("{% if a %}{% endif %}{% set a = 1 %}{% set a = contact %}{{ a.b }}")[0..].is_empty());
    }

    #[test]
    fn a_component_sees_its_parameters() {
        let source = "{# title: x #}{% component Hi(who, @me) %}{{ who.name }}{{ me.role }}{{ body }}{{ contact.role }}{% endcomponent %}";
        assert_eq!(
            found(source),
            ["template/undefined a component sees only its parameters, and “contact” is none [contact.role]"]
        );
    }
}
