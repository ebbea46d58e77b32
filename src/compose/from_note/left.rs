//! Words about a person that no variable could take the place of.

use super::find::{Claim, Page};
use super::value::{DETAIL, Source, Value};
use crate::compose::Order;
use crate::contact::{Contact, may_be_the_same_name};
use crate::rule::check::{is_common, is_weak};
use crate::template::{capfirst, field_of, is_english};
use crate::text::{Span, Token, Tokens, fold};

/// Words of a note that are about its reader or its writer and still stand in the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The words.
    pub words: String,
    /// Why no variable took their place, as part of a sentence: contact.company is “Fennel Foods Ltd”.
    pub why: String,
}

/// What is left in a note, in its order, each stretch once.
pub(super) fn left(page: &Page<'_>, order: &Order<'_>, values: &[Value], claims: &[Claim]) -> Vec<Left> {
    let mut tokens = Tokens::default();
    tokens.read(page.text);
    let is_free = |span: Span| claims.iter().all(|claim| !claim.span.overlaps(span));
    let words: Vec<Word<'_>> = words(page.text, &tokens, &is_free);
    let known = known(order, values, claims);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let stretches = known.iter().map(|known| (known.stretch(&words[at..], is_english(order.language())), known));
        match stretches.max_by_key(|(length, _)| *length) {
            Some((length @ 1.., known)) => {
                found.push((words[at].token.span.join(words[at + length - 1].token.span), known.why.clone()));
                at += length;
            }
            _ => at += 1,
        }
    }
    found.extend(days(page, order, values, claims).filter(|(span, _)| is_free(*span)));
    found.sort_by_key(|(span, _)| *span);
    let mut left: Vec<Left> = Vec::new();
    for (span, why) in found {
        let words = page.text[span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
        if left.iter().all(|known| known.words != words) {
            left.push(Left { words, why });
        }
    }
    left
}

/// A word of the note.
struct Word<'t> {
    token: &'t Token,
    folded: String,
    /// Whether it stands in the template's text.
    free: bool,
    /// Whether it begins with a capital that its place does not explain.
    capital: bool,
    greeting: bool,
}

fn words<'t>(text: &str, tokens: &'t Tokens, is_free: &dyn Fn(Span) -> bool) -> Vec<Word<'t>> {
    let mut last = None;
    let written = tokens.tokens().iter().filter(|token| token.kind.is_word() && !token.glued);
    let word = |token: &'t Token| {
        let starts = last.replace(token.sentence) != Some(token.sentence);
        let greets = tokens.sentences().get(token.sentence).is_some_and(|sentence| sentence.greeting);
        // `Kate, your talk …`
        let greeting = greets || (token.span.start == 0 && text[token.span.end..].starts_with([',', '!']));
        Word {
            token,
            folded: fold(&text[token.span.range()]),
            free: is_free(token.span),
            capital: token.capital && (!starts || greeting),
            greeting,
        }
    };
    written.map(word).collect()
}

/// Something that is known, in words, and what to say of them where they are left.
struct Known {
    words: Vec<String>,
    what: What,
    why: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    FirstName,
    Name,
    Words,
}

impl Known {
    fn new(text: &str, what: What, why: String) -> Self {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let written = tokens.tokens().iter().filter(|token| token.kind.is_word() && !token.glued);
        Self { words: written.map(|token| fold(&text[token.span.range()])).collect(), what, why }
    }

    /// How many words at the start are about this. One of them must tell so by itself, or two together.
    fn stretch(&self, words: &[Word<'_>], english: bool) -> usize {
        let counts = |word: &Word<'_>| self.what != What::Words || !is_weak(&word.folded);
        let Some(first) = words.first().filter(|first| counts(first)) else { return 0 };
        let goes_on = |word: &&Word<'_>| word.free && word.token.sentence == first.token.sentence && self.has(word);
        let run = &words[..words.iter().take_while(goes_on).count()];
        let Some(last) = run.iter().rposition(counts) else { return 0 };
        let run = &run[..=last];
        let together = self.what == What::Words && run.iter().filter(|word| counts(word)).count() > 1;
        if together || run.iter().any(|word| self.tells(word, english)) { run.len() } else { 0 }
    }

    fn has(&self, word: &Word<'_>) -> bool {
        let short =
            |name: &String| self.what == What::FirstName && word.greeting && may_be_the_same_name(name, &word.folded);
        self.words.iter().any(|known| *known == word.folded || (word.capital && short(known)))
    }

    /// Whether a word could hardly be about anything else.
    fn tells(&self, word: &Word<'_>, english: bool) -> bool {
        let is_rare = if english { !is_common(&word.folded) } else { word.folded.chars().count() > 3 };
        let tells = match self.what {
            What::FirstName | What::Name => word.capital || is_rare,
            What::Words => !is_weak(&word.folded) && (word.capital || is_rare),
        };
        tells && self.has(word)
    }
}

/// What is known of the reader, the writer and what they share.
fn known(order: &Order<'_>, values: &[Value], claims: &[Claim]) -> Vec<Known> {
    let mut known = Vec::new();
    let people: [(&str, Option<&Contact>); 2] = [("contact", Some(order.contact)), ("me", order.request.me)];
    for (name, person) in people {
        let fields = [
            ("first_name", What::FirstName),
            ("last_name", What::Name),
            ("company", What::Name),
            ("role", What::Words),
        ];
        for (field, what) in fields {
            let Some(text) = person.and_then(|person| field_of(person, field)) else { continue };
            known.push(Known::new(&text, what, format!("{name}.{field} is “{text}”")));
        }
    }
    let told = |source: Source| claims.iter().any(|claim| values[claim.value].source == source);
    for (at, fact) in order.facts.iter().enumerate() {
        let kind = fact.kind;
        let real = &order.contact.facts[fact.index];
        let other = (0..order.facts.len())
            .any(|other| other != at && order.facts[other].kind == kind && told(Source::What(other)));
        let why = match told(Source::What(at)) {
            true => format!("{kind}.what prints only “{}”", fact.what_at(DETAIL)),
            false if other => format!("a template sees one {kind}, and it is another one"),
            false => format!("{kind}.what would print “{}”", fact.what_at(DETAIL)),
        };
        known.push(Known::new(&format!("{} {}", fact.what_at(DETAIL), real.what), What::Words, why));
        if let Some(detail) = &real.detail {
            let why = match fact.detail_at(DETAIL) {
                Some(part) => format!("{kind}.detail would print “{part}”, and it must be possible to leave it out"),
                None => format!("it is in the detail of the {kind}, and none is printed for itself"),
            };
            known.push(Known::new(detail, What::Words, why));
        }
    }
    for error in &order.unprintable {
        let why = format!("the {} “{}” cannot be printed: {}", error.kind, error.what, error.reason);
        known.push(Known::new(&error.what, What::Words, why));
    }
    known
}

/// Days of the facts that stand where they could not be left out.
fn days<'p>(
    page: &'p Page<'_>,
    order: &'p Order<'_>,
    values: &'p [Value],
    claims: &'p [Claim],
) -> impl Iterator<Item = (Span, String)> + 'p {
    values.iter().flat_map(move |value| {
        let Source::When(fact) = value.source else { return Vec::new() };
        let is_told = claims.iter().any(|claim| values[claim.value].source == Source::What(fact));
        let kind = order.facts[fact].kind;
        let why =
            format!("it is the day of the {kind}: right behind {kind}.what it becomes {{{{ {kind}.when | ago }}}}");
        let forms = [value.words.clone(), capfirst(&value.words)];
        let places = forms.iter().flat_map(|words| page.whole(words)).collect::<Vec<_>>();
        places.into_iter().filter(|_| is_told).map(|span| (span, why.clone())).collect()
    })
}
