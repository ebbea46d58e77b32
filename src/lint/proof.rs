//! A rule proves itself: its examples show what it finds, where exactly, and what it leaves alone.

use super::{Linter, Sameness, Session};
use crate::contact::{Contact, parse_day};
use crate::context::{Account, Channel, Context, Kind};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Setting;
use crate::rule::pack::{Hit, Lazy, Pack, Role, SpecError, Walk, Wants, compile};
use crate::rule::spec::{Example, RuleSpec};
use crate::rule::{RuleSet, Selection};
use crate::text::{Document, Language, Span, Tokens};

/// What a rule's examples do not show, with the place in the rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The value in the rule file: `examples.flags[2]`, `phrases[0]`.
    pub path: String,
    /// Byte offset inside that value.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Failure {
    fn new(path: impl Into<String>, message: impl Into<String>, help: &str) -> Self {
        let help = (!help.is_empty()).then(|| help.to_owned());
        Self { path: path.into(), at: 0, message: message.into(), help }
    }
}

/// Words that a text must have besides the marked ones, so that a phrase is not proved by itself.
pub(super) const WORDS_AROUND: usize = 3;

/// Checks everything that a rule's examples must show. An empty list means that the rule is proved.
#[must_use]
pub fn prove(spec: &RuleSpec) -> Vec<Failure> {
    let rules = match alone(spec) {
        Ok(rules) => rules,
        Err(error) => return vec![Failure { path: error.path, at: error.at, message: error.message, help: None }],
    };
    let mut proof = Proof { spec, session: Linter::new(&rules).session(), failures: Vec::new() };
    proof.flags();
    proof.allows();
    proof.lines();
    proof.silencers();
    proof.failures
}

/// The rule by itself; one that looks at other rules' findings, beside the built-in ones.
fn alone(spec: &RuleSpec) -> Result<RuleSet, SpecError> {
    let mut spec = spec.clone();
    spec.default = crate::rule::spec::Run::On;
    let among = spec.density.is_some() || spec.cadence.as_ref().is_some_and(|cadence| !cadence.rules.is_empty());
    let builtin = if among { RuleSet::builtin() } else { RuleSet::builtin().select(&silent()) };
    let id = spec.id.clone();
    let (rules, mut errors) = builtin.with(&[spec]);
    if let Some((_, error)) = errors.pop() {
        return Err(error);
    }
    Ok(if among { rules } else { rules.select(&only(&id)) })
}

fn silent() -> Selection {
    Selection { levels: vec![("*".to_owned(), Setting::Off)] }
}

fn only(id: &str) -> Selection {
    Selection { levels: vec![("*".to_owned(), Setting::Off), (id.to_owned(), Setting::On)] }
}

struct Proof<'s, 'r> {
    spec: &'s RuleSpec,
    session: Session<'r>,
    failures: Vec<Failure>,
}

impl Proof<'_, '_> {
    fn flags(&mut self) {
        if self.spec.examples.flags.is_empty() {
            self.fail("examples", "there is no `flags` example: show a note that the rule finds", "");
        }
        for (number, example) in self.spec.examples.flags.iter().enumerate() {
            let path = format!("examples.flags[{number}]");
            let found = match self.lint(example) {
                Ok(found) => found,
                Err(message) => {
                    self.fail(path, message, "");
                    continue;
                }
            };
            self.flag(&path, example, &found);
        }
    }

    fn flag(&mut self, path: &str, example: &Example, found: &[Diagnostic]) {
        let marked = |diagnostic: &Diagnostic| &example.text[diagnostic.span.range()];
        let Some(first) = found.first() else {
            return self.fail(
                format!("{path}.text"),
                "missing: the rule does not find this text",
                "Widen a phrase, or take the example out.",
            );
        };
        let Some(expected) = &example.found else {
            let message = format!("`match` is missing: the rule marks “{}”", marked(first));
            return self.fail(path, message, "Add it as `match:`, so that the place is proved too.");
        };
        let Some(hit) = found.iter().find(|diagnostic| marked(diagnostic) == expected) else {
            let all: Vec<_> = found.iter().map(|diagnostic| format!("“{}”", marked(diagnostic))).collect();
            let message = format!("the rule marks {}, not “{expected}”", all.join(" and "));
            let help = "Write what is marked, or change the phrase.";
            return self.fail(format!("{path}.match"), message, help);
        };
        if let Some(fixed) = &example.fix {
            let given = hit.fix.as_ref().and_then(|fix| fix.apply(&example.text));
            self.fix(path, example, given, fixed);
        }
    }

    /// Whether the fix gives what the example says, and is found no more.
    fn fix(&mut self, path: &str, example: &Example, given: Option<String>, fixed: &str) {
        match given {
            None => {
                let help = "Only `swap` and `repeat` offer fixes: take `fix` out.";
                self.fail(format!("{path}.fix"), "the rule has no fix for this text", help);
            }
            Some(text) if text != fixed => {
                let help = "Write what it gives, or change the replacement.";
                self.fail(format!("{path}.fix"), format!("the fix gives “{text}”"), help);
            }
            Some(text) => {
                let again = self.lint(&Example { text, ..example.clone() });
                if again.is_ok_and(|again| !again.is_empty()) {
                    self.fail(
                        path,
                        "the rule still finds something after its own fix",
                        "Let the replacement avoid the phrase.",
                    );
                }
            }
        }
    }

    fn allows(&mut self) {
        if self.spec.examples.allows.is_empty() {
            self.fail(
                "examples",
                "there is no `allows` example: show a good note that shares words with the phrases",
                "",
            );
        }
        for (number, example) in self.spec.examples.allows.iter().enumerate() {
            let path = format!("examples.allows[{number}]");
            match self.lint(example) {
                Err(message) => self.fail(path, message, ""),
                Ok(found) => {
                    if let Some(noise) = found.first() {
                        let message = format!("noisy: the rule finds “{}” here", &example.text[noise.span.range()]);
                        let help = "Narrow the phrase, or add an `except` or `unless`.";
                        let mut failure = Failure::new(format!("{path}.text"), message, help);
                        failure.at = noise.span.start;
                        self.failures.push(failure);
                    }
                }
            }
        }
    }

    /// Every line that finds something is shown by an example with other words around it.
    fn lines(&mut self) {
        let Some(pack) = self.pack(self.spec) else { return };
        let lines = pack.doc(0).map(|doc| doc.lines).unwrap_or_default();
        let count = lines.iter().filter(|(role, _)| *role == Role::Find).count();
        if self.spec.pattern.is_some() {
            return;
        }
        let mut shown = vec![false; count];
        for example in &self.spec.examples.flags {
            let (hits, tokens) = walk(&pack, &example.text);
            let words = tokens.sentences().iter().map(|sentence| tokens.word_count(*sentence)).sum::<usize>();
            for hit in hits.iter().filter(|hit| hit.line.role == Role::Find) {
                let marked =
                    tokens.tokens()[hit.first..=hit.last].iter().filter(|t| !t.glued && t.kind.is_word()).count();
                shown[hit.line.number] |= words >= marked + WORDS_AROUND;
            }
        }
        // Phrases whose absence is found are proved by the texts that hold them.
        let texts = self.spec.examples.allows.iter().map(|example| &example.text);
        if self.spec.requires.is_some() {
            for hit in texts.flat_map(|text| walk(&pack, text).0).filter(|hit| hit.line.role == Role::Find) {
                shown[hit.line.number] = true;
            }
        }
        self.reassured(&pack, &mut shown);
        let optional = self.spec.count.is_some() || self.spec.repeat.is_some() || self.spec.ratio.is_some();
        for number in (0..count).filter(|number| !shown[*number] && !optional) {
            let path = self.path_of(number);
            let message = "unproved: no `flags` example shows this line with three words besides the match";
            self.fail(path, message, "Add an example for it, or take it out.");
        }
    }

    /// Signs that all is well are shown by the texts that are allowed.
    fn reassured(&self, pack: &Pack, shown: &mut [bool]) {
        let Some(signs) = &self.spec.signs else { return };
        let points: Vec<i32> =
            signs.cues.iter().flat_map(|cue| std::iter::repeat_n(cue.points, cue.phrases.len())).collect();
        for (shown, _) in shown.iter_mut().zip(&points).filter(|(_, points)| **points <= 0) {
            *shown = false;
        }
        let texts = self.spec.examples.allows.iter().map(|example| &example.text);
        for hit in texts.flat_map(|text| walk(pack, text).0).filter(|hit| hit.line.role == Role::Find) {
            shown[hit.line.number] |= points[hit.line.number] <= 0;
        }
    }

    /// Every exception silences an example that would be found without it.
    fn silencers(&mut self) {
        for (key, lines) in [("except", &self.spec.except), ("unless", &self.spec.unless)] {
            for number in 0..lines.len() {
                let mut without = self.spec.clone();
                if key == "except" {
                    without.except.remove(number)
                } else {
                    without.unless.remove(number)
                };
                let Ok(rules) = alone(&without) else { continue };
                let mut other = Proof { spec: &without, session: Linter::new(&rules).session(), failures: Vec::new() };
                let needed = self
                    .spec
                    .examples
                    .allows
                    .iter()
                    .any(|example| other.lint(example).is_ok_and(|found| !found.is_empty()));
                if !needed {
                    let message = "unproved: no `allows` example would be found without this line";
                    self.fail(format!("{key}[{number}]"), message, "Add an example that needs it, or take it out.");
                }
            }
        }
    }

    /// The key of the line that finds, by its number.
    fn path_of(&self, number: usize) -> String {
        if let Some(swap) = &self.spec.swap {
            return swap.0.get(number).map_or_else(|| "swap".to_owned(), |(phrase, _)| format!("swap.{phrase}"));
        }
        if let Some(grounding) = &self.spec.grounding {
            let mut left = number;
            for (key, lines) in [
                ("met", &grounding.met),
                ("mutual", &grounding.mutual),
                ("work", &grounding.work),
                ("past", &grounding.past),
                ("asks", &grounding.asks),
            ] {
                if left < lines.len() {
                    return format!("grounding.{key}[{left}]");
                }
                left -= lines.len();
            }
        }
        if let Some(address) = &self.spec.address {
            let polite = number.checked_sub(address.familiar.len());
            return polite.map_or(format!("address.familiar[{number}]"), |at| format!("address.polite[{at}]"));
        }
        if let Some(signs) = &self.spec.signs {
            let lines = signs.cues.iter().enumerate();
            let mut paths = lines.flat_map(|(cue, spec)| (0..spec.phrases.len()).map(move |line| (cue, line)));
            let (cue, line) = paths.nth(number).unwrap_or_default();
            return format!("signs.cues[{cue}].phrases[{line}]");
        }
        if self.spec.cadence.is_some() {
            return format!("cadence.phrases[{number}]");
        }
        if self.spec.recipient.is_some() {
            return format!("recipient.phrases[{number}]");
        }
        let key = if self.spec.requires.is_some() { "requires" } else { "phrases" };
        format!("{key}[{number}]")
    }

    fn pack(&self, spec: &RuleSpec) -> Option<Pack> {
        compile(std::slice::from_ref(spec), None).ok().and_then(Pack::open)
    }

    fn lint(&mut self, example: &Example) -> Result<Vec<Diagnostic>, String> {
        let contact: Option<Contact> = example.contact.as_deref().map(parse).transpose()?;
        let others: Vec<Contact> = example.others.as_deref().map(parse).transpose()?.unwrap_or_default();
        let kind = example.kind.or_else(|| Kind::ALL.into_iter().find(|kind| self.applies(*kind)));
        let context = Context {
            kind: kind.unwrap_or_default(),
            channel: example.channel.as_deref().map(str::parse::<Channel>).transpose()?.or_else(|| self.channel()),
            account: example.account.as_deref().map(str::parse::<Account>).transpose()?,
            language: self.language(),
            contact: contact.as_ref(),
            others: &others,
            today: example.today.as_deref().map(parse_day).transpose()?,
        };
        let document = Document::from_text(example.text.as_str());
        if self.spec.sameness.is_some() {
            return Ok(self.compare(&document, example, &context));
        }
        let mut found = self.session.lint(&document, &context);
        found.retain(|diagnostic| *diagnostic.rule == *self.spec.id);
        Ok(found)
    }

    /// The language of the rule's phrases is that of its examples.
    fn language(&self) -> Option<Language> {
        let tag = self.spec.file_language.as_deref().or(self.spec.language.as_deref());
        tag.map_or(Some(Language::ENGLISH), |tag| tag.parse().ok())
    }

    /// What a rule that compares notes says of the text beside its other one: all of the text is marked.
    fn compare(&mut self, document: &Document, example: &Example, context: &Context<'_>) -> Vec<Diagnostic> {
        let Some(mut sameness) = Sameness::new(self.session.rules()) else { return Vec::new() };
        let beside = Document::from_text(example.beside.as_deref().unwrap_or_default());
        for (number, (document, context)) in
            [(document, context), (&beside, &Context { contact: None, ..*context })].into_iter().enumerate()
        {
            if let Some(fingerprint) = self.session.fingerprint(document, context) {
                sameness.add(number, fingerprint);
            }
        }
        let whole = Span::new(0, document.text().len());
        sameness.finish().into_iter().map(|alike| Diagnostic { span: whole, ..alike.diagnostic }).collect()
    }

    fn applies(&self, kind: Kind) -> bool {
        self.spec.level.of(kind).is_some() && self.spec.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
    }

    fn channel(&self) -> Option<Channel> {
        self.spec.channels.as_ref().and_then(|channels| channels.first()).and_then(|channel| channel.parse().ok())
    }

    fn fail(&mut self, path: impl Into<String>, message: impl Into<String>, help: &str) {
        self.failures.push(Failure::new(path, message, help));
    }
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| format!("the contact of this example cannot be read: {error}"))
}

/// All hits of a pack in a text, with overlaps.
fn walk(pack: &Pack, text: &str) -> (Vec<Hit>, Tokens) {
    let mut tokens = Tokens::default();
    tokens.read(text);
    let mut walk = Walk::default();
    walk.read(text, &tokens);
    let mut hits = Vec::new();
    walk.find(text, &tokens, pack, None, &mut Lazy::default(), Wants::All, &mut hits);
    (hits, tokens)
}
