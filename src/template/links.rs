//! What templates use of one another, and of Tera: other templates, components, blocks, filters, tests and functions.

use std::collections::{HashMap, HashSet, VecDeque};

use tera::Tera;

use super::names::{Sort, UNKNOWN};
use super::syntax::tree::{ComponentCall, Expr, ExprKind, Name, Node, Quoted, Tree};
use super::syntax::walk::{Part, walk};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{Span, similar};

/// How deep templates include and extend one another. Tera bounds it only by its stack.
const DEEPEST: usize = 16;

/// What a template uses, and what it gives to others.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    /// Templates it includes or extends, with their tags.
    templates: Vec<(Quoted, Span)>,
    /// The template it extends.
    parent: Option<String>,
    /// Components it uses.
    uses: Vec<Name>,
    /// Components it defines.
    defines: Vec<Name>,
    /// Blocks outside other tags, which must be those of a parent.
    blocks: Vec<Name>,
    all_blocks: HashSet<String>,
    names: Vec<(Sort, Name)>,
}

impl Links {
    pub(super) fn new(tree: &Tree) -> Self {
        let mut links = Self { parent: tree.parent.as_ref().map(|parent| parent.value.clone()), ..Self::default() };
        links.blocks = tree.nodes.iter().filter_map(block_name).cloned().collect();
        walk(&tree.nodes, &mut |part| match part {
            Part::Node(node) => links.node(node),
            Part::Expr(expr) => links.expr(expr),
        });
        links
    }

    fn node(&mut self, node: &Node) {
        self.names.extend(node.filters().iter().map(|filter| (Sort::Filter, filter.name.clone())));
        self.all_blocks.extend(block_name(node).map(|name| name.value.clone()));
        match node {
            Node::Include { tag, template } | Node::Extends { tag, template } => {
                self.templates.push((template.clone(), *tag));
            }
            Node::Component { name, .. } => self.defines.push(name.clone()),
            Node::ComponentCall { call: ComponentCall { name, .. }, .. } => self.uses.push(name.clone()),
            _ => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Filter { call, .. } => self.names.push((Sort::Filter, call.name.clone())),
            ExprKind::Test { call, .. } => self.names.push((Sort::Test, call.name.clone())),
            ExprKind::Function(call) => self.names.push((Sort::Function, call.name.clone())),
            ExprKind::Component(call) => self.uses.push(call.name.clone()),
            _ => {}
        }
    }

    /// The same with what a subject line uses; all of it stands at one place.
    pub(super) fn with_line(mut self, line: Self, span: Span) -> Self {
        self.templates.extend(line.templates.into_iter().map(|(name, _)| (Quoted { span, ..name }, span)));
        self.uses.extend(line.uses.into_iter().map(|name| Name { span, ..name }));
        self.names.extend(line.names.into_iter().map(|(sort, name)| (sort, Name { span, ..name })));
        self
    }

    /// The names that no filter, test or function has.
    pub(super) fn unknown_names<'l>(&'l self, tera: &'l Tera) -> impl Iterator<Item = Diagnostic> + 'l {
        self.names.iter().filter_map(|(sort, name)| sort.check(&name.value, name.span, tera))
    }
}

fn block_name(node: &Node) -> Option<&Name> {
    match node {
        Node::Block { name, .. } => Some(name),
        _ => None,
    }
}

/// Templates that may use one another, by id.
pub(super) struct Net<'t> {
    templates: HashMap<&'t str, &'t Links>,
    /// The ids of templates that have errors.
    broken: &'t HashSet<String>,
    /// The templates that define components, by component.
    components: HashMap<&'t str, &'t str>,
    /// How deep each template uses others; those that come to a circle are not in it.
    depths: HashMap<&'t str, usize>,
}

impl<'t> Net<'t> {
    /// Of two templates that define a component the first one does.
    pub(super) fn new(all: &[(&'t str, &'t Links)], broken: &'t HashSet<String>) -> Self {
        let templates: HashMap<_, _> = all.iter().copied().collect();
        let mut components = HashMap::new();
        for &(id, links) in all {
            for name in &links.defines {
                components.entry(&*name.value).or_insert(id);
            }
        }
        Self { depths: depths(&templates), templates, broken, components }
    }

    /// What a template uses and cannot.
    pub(super) fn check(&self, id: &str, links: &Links) -> Vec<Diagnostic> {
        let templates = links.templates.iter().filter_map(|(name, tag)| self.template(id, name, *tag));
        let components = links.uses.iter().filter_map(|name| self.component(name));
        let seconds = links.defines.iter().filter_map(|name| self.second(id, name));
        let orphans = links.blocks.iter().filter_map(|name| self.orphan(links, name));
        templates.chain(components).chain(seconds).chain(orphans).collect()
    }

    /// A template that is included or extended.
    fn template(&self, id: &str, name: &Quoted, tag: Span) -> Option<Diagnostic> {
        let target = &*name.value;
        if !self.templates.contains_key(target) {
            return Some(self.missing(name));
        }
        match self.depths.get(target) {
            Some(..DEEPEST) => None,
            Some(_) => {
                let message = format!("from here on, templates use one another more than {DEEPEST} deep");
                let finding = Diagnostic::new("template/limit", Level::Error, message, tag);
                Some(finding.with_help("Put some of them into one."))
            }
            None => {
                let way = self.way(target, id)?.join(" → ");
                let message = format!("the template uses itself: {id} → {way}");
                let finding = Diagnostic::new("template/circular", Level::Error, message, tag);
                Some(finding.with_help("Take one of these out."))
            }
        }
    }

    /// The shortest way from one template to another.
    fn way(&self, from: &'t str, to: &str) -> Option<Vec<&'t str>> {
        let from = *self.templates.get_key_value(from)?.0;
        let mut before: HashMap<&str, Option<&'t str>> = HashMap::from([(from, None)]);
        let mut waiting = VecDeque::from([from]);
        while let Some(at) = waiting.pop_front() {
            if at == to {
                let mut way: Vec<_> = std::iter::successors(Some(at), |at| before[at]).collect();
                way.reverse();
                return Some(way);
            }
            let targets = self.templates.get(at).map_or(&[][..], |links| &links.templates);
            for (target, _) in targets {
                if !before.contains_key(&*target.value) {
                    before.insert(&target.value, Some(at));
                    waiting.push_back(&target.value);
                }
            }
        }
        None
    }

    fn missing(&self, name: &Quoted) -> Diagnostic {
        let target = &*name.value;
        if self.broken.contains(target) {
            let message = format!("“{target}” has an error, and this template needs it");
            return error(message, "Mend that one first.", name.span);
        }
        let steps_out = target.split(['/', '\\']).any(|part| part == "..");
        if steps_out || target.starts_with(['/', '\\', '~']) || target.get(1..2) == Some(":") {
            let message = format!("“{target}” is outside the folders of templates");
            return error(message, "Only templates can be used, by folder and name: \"parts/sign-off\".", name.span);
        }
        let plain = target.trim_start_matches("./").trim_start_matches("templates/").trim_end_matches(".tera");
        let mut ids: Vec<_> = self.templates.keys().copied().collect();
        ids.sort_unstable();
        let is_meant = |id: &&str| *id == plain || id.rsplit('/').next() == Some(plain);
        let near = ids.iter().copied().find(is_meant).or_else(|| similar(plain, ids.iter().copied()));
        let near = near.map_or_else(String::new, |near| format!(": did you mean {near}?"));
        let help = "Templates are named by folder and name, without .tera: \"parts/sign-off\".";
        error(format!("there is no template “{target}”{near}"), help, name.span)
    }

    fn component(&self, name: &Name) -> Option<Diagnostic> {
        if self.components.contains_key(&*name.value) {
            return None;
        }
        let mut known: Vec<_> = self.components.keys().copied().collect();
        known.sort_unstable();
        let near = similar(&name.value, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(": did you mean {near}?"));
        let help = match &known[..] {
            [] => "No template defines one: {% component Name(a) %} … {% endcomponent %}.".to_owned(),
            _ => format!("Known: {}.", known.join(", ")),
        };
        Some(error(format!("there is no component “{}”{near}", name.value), &help, name.span))
    }

    /// A component that another template defines too.
    fn second(&self, id: &str, name: &Name) -> Option<Diagnostic> {
        let first = self.components.get(&*name.value).filter(|first| **first != id)?;
        let message = format!("{first} defines a component “{}” too", name.value);
        Some(error(message, "Give this one another name.", name.span))
    }

    /// A block that no parent has, which is printed nowhere.
    fn orphan(&self, links: &Links, name: &Name) -> Option<Diagnostic> {
        let mut blocks = Vec::new();
        let mut parent = links.parent.as_deref()?;
        for _ in 0..DEEPEST {
            // A parent that is not there is a finding of its own.
            let of_parent = self.templates.get(parent)?;
            blocks.extend(of_parent.all_blocks.iter().map(String::as_str));
            let Some(next) = &of_parent.parent else { break };
            parent = next;
        }
        if blocks.contains(&&*name.value) {
            return None;
        }
        blocks.sort_unstable();
        let near = similar(&name.value, blocks.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(": did you mean {near}?"));
        let message = format!("no template that this one extends has a block “{}”{near}", name.value);
        let help = match &blocks[..] {
            [] => "They have none.".to_owned(),
            _ => format!("They have {}.", blocks.join(", ")),
        };
        Some(error(message, &help, name.span))
    }
}

/// How deep each template uses others, from those that use none.
fn depths<'t>(templates: &HashMap<&'t str, &'t Links>) -> HashMap<&'t str, usize> {
    let mut users: HashMap<&str, Vec<&'t str>> = HashMap::new();
    let mut open: HashMap<&'t str, usize> = HashMap::new();
    for (id, links) in templates {
        // One that is not there ends the way.
        let there = links.templates.iter().filter(|(target, _)| templates.contains_key(&*target.value));
        for (target, _) in there {
            users.entry(&target.value).or_default().push(id);
            *open.entry(id).or_default() += 1;
        }
    }
    let mut depths: HashMap<_, _> = templates.keys().filter(|id| !open.contains_key(**id)).map(|id| (*id, 0)).collect();
    let mut waiting: Vec<_> = depths.keys().copied().collect();
    while let Some(id) = waiting.pop() {
        let depth = depths[id] + 1;
        for &user in users.get(id).map_or(&[][..], |users| users) {
            let known = depths.entry(user).or_default();
            *known = depth.max(*known);
            let left = open.get_mut(user).expect("a template that uses another has it open");
            *left -= 1;
            if *left == 0 {
                waiting.push(user);
            }
        }
    }
    depths.retain(|id, _| open.get(id).is_none_or(|left| *left == 0));
    depths
}

fn error(message: String, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(UNKNOWN, Level::Error, message, span).with_help(help)
}

#[cfg(test)]
mod tests {
    use crate::template::Library;

    /// What is said of templates, each `id: message [marked text]`.
    fn said(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
        let (library, found) = Library::empty().with(&files);
        let told = found.into_iter().map(|(file, finding)| {
            let source = library.sources().get(file).unwrap();
            format!("{}: {} [{}]", source.name, finding.message, &source.text[finding.span.range()])
        });
        told.collect()
    }

    #[test]
    fn a_template_that_is_not_there_gets_a_suggestion() {
        assert_eq!(
            said(&[("parts/a", "{% include 'parts/sing' %}{% include \"sign\" %}"), ("parts/sign", "x")]),
            [
                "parts/a: there is no template “parts/sing”: did you mean parts/sign? ['parts/sing']",
                "parts/a: there is no template “sign”: did you mean parts/sign? [\"sign\"]",
            ]
        );
        assert_eq!(
            said(&[("parts/a", "{% extends 'templates/parts/b.tera' %}"), ("parts/b", "x")]),
            [
                "parts/a: there is no template “templates/parts/b.tera”: did you mean parts/b? ['templates/parts/b.tera']"
            ]
        );
    }

    #[test]
    fn all_that_is_wrong_with_a_template_is_said_at_once() {
        assert_eq!(
            said(&[("parts/a", "{{ x }}{% include 'parts/zebra' %}"), ("parts/c", "{% include 'parts/a' %}")]),
            [
                "parts/a: “x” is nothing a template sees [x]",
                "parts/a: there is no template “parts/zebra” ['parts/zebra']",
                "parts/c: “parts/a” has an error, and this template needs it ['parts/a']",
            ]
        );
    }

    #[test]
    fn a_template_outside_the_folders_is_refused() {
        for path in ["../secret", "/etc/passwd", "parts/../../x", "C:\\\\x", "~/x"] {
            let told = said(&[("parts/a", &format!("{{% include \"{path}\" %}}"))]);
            assert!(told[0].contains("is outside the folders of templates"), "{told:?}");
        }
    }

    #[test]
    fn a_circle_is_shown_with_the_way_around() {
        let circle = [
            ("parts/a", "{% include 'parts/b' %}"),
            ("parts/b", "{% extends 'parts/c' %}"),
            ("parts/c", "{% include 'parts/a' %}"),
            ("parts/d", "{% include 'parts/a' %}"),
        ];
        assert_eq!(
            said(&circle),
            [
                "parts/a: the template uses itself: parts/a → parts/b → parts/c → parts/a [{% include 'parts/b' %}]",
                "parts/b: the template uses itself: parts/b → parts/c → parts/a → parts/b [{% extends 'parts/c' %}]",
                "parts/c: the template uses itself: parts/c → parts/a → parts/b → parts/c [{% include 'parts/a' %}]",
                "parts/d: “parts/a” has an error, and this template needs it ['parts/a']",
            ]
        );
        assert_eq!(
            said(&[("parts/a", "{% extends 'parts/a' %}")]),
            ["parts/a: the template uses itself: parts/a → parts/a [{% extends 'parts/a' %}]"]
        );
    }

    #[test]
    fn a_long_chain_is_cut() {
        let files: Vec<_> =
            (0..400).map(|at| (format!("parts/p{at}"), format!("{{% include 'parts/p{}' %}}", at + 1))).collect();
        let files: Vec<_> = files.iter().map(|(id, text)| (&**id, &**text)).chain([("parts/p400", "end")]).collect();
        let told = said(&files);
        assert!(told.iter().any(|line| line.contains("more than 16 deep")), "{told:?}");
        assert!(said(&files[390..]).is_empty());
    }

    #[test]
    fn components_and_blocks_are_those_of_other_templates() {
        let parts = ("parts/c", "{% component ui.Box(a) %}{{ a }}{% endcomponent %}");
        assert_eq!(
            said(&[parts, ("parts/d", "{% component ui.Box() %}{% endcomponent %}{{ <ui.Bx a=\"x\"/> }}")]),
            [
                "parts/d: parts/c defines a component “ui.Box” too [ui.Box]",
                "parts/d: there is no component “ui.Bx”: did you mean ui.Box? [ui.Bx]",
            ]
        );
        assert!(said(&[("parts/e", "{{ <ui.Box a=\"x\"/> }}"), parts]).is_empty());
        assert_eq!(
            said(&[
                ("parts/f", "{% extends 'parts/g' %}{% block bdoy %}{% endblock %}"),
                ("parts/g", "{% block body %}{% endblock %}")
            ]),
            ["parts/f: no template that this one extends has a block “bdoy”: did you mean body? [bdoy]"]
        );
    }

    #[test]
    fn a_subject_line_is_checked_as_the_text_is() {
        let source = "{# title: x\nkind: message\nchannel: email\nsubject: Hi {{ contact.first_nam | agoo }} #}\nHi";
        assert_eq!(
            said(&[("message/a", source)]),
            [
                "message/a: contact has no “first_nam”: did you mean contact.first_name? [Hi {{ contact.first_nam | agoo }}]",
                "message/a: there is no filter “agoo”: did you mean ago? [Hi {{ contact.first_nam | agoo }}]",
            ]
        );
        let source = source.replace("| agoo", "");
        assert_eq!(said(&[("message/a", &source.replace("}}", ""))]).len(), 1);
    }
}
