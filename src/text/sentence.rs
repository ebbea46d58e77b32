//! Where sentences end, and which of them is the greeting.

use super::lexicon::Lexicon;
use super::token::{Sentence, Token, TokenKind};

/// Words whose full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "jr", "sr", "inc", "ltd", "co", "corp", "vs", "etc", "approx", "dept",
    "no", "vol", "fig", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon",
    "tue", "wed", "thu", "fri", "sat", "sun", "e", "g", "i", "hr", "nr", "bzw", "ca", "z", "sra", "dra", "ud", "mme",
];

/// Words that open a greeting.
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "dear",
    "hiya",
    "howdy",
    "greetings",
    "hallo",
    "hola",
    "bonjour",
    "moin",
    "servus",
    "grüezi",
    "grüß",
    "liebe",
    "lieber",
    "buenas",
    "estimada",
    "estimado",
    "querida",
    "querido",
    "bonsoir",
    "salut",
    "coucou",
    "cher",
    "chère",
    "madame",
    "monsieur",
];

/// Greetings of two words: the first, and those that make it one.
const GREETINGS_OF_TWO: &[(&str, &[&str])] = &[
    ("good", &["morning", "afternoon", "evening", "day"]),
    ("guten", &["tag", "morgen", "abend"]),
    ("sehr", &["geehrte", "geehrter", "geehrtes"]),
    ("buenos", &["días", "dias"]),
    ("buen", &["día", "dia"]),
];

/// Fills in each token's sentence and the list of sentences.
pub(super) fn split(text: &str, tokens: &mut [Token], sentences: &mut Vec<Sentence>, lexicon: &Lexicon) {
    let greeting = greeting_end(text, tokens, lexicon);
    let mut start = 0;
    for at in 0..tokens.len() {
        let last = at + 1 == tokens.len();
        let cut = last || at + 1 == greeting || (at + 1 > greeting && ends(text, tokens, at, lexicon));
        tokens[at].sentence = sentences.len();
        if cut {
            sentences.push(Sentence { start, end: at + 1, greeting: at < greeting });
            start = at + 1;
        }
    }
}

/// Whether a sentence ends between token `at` and the next one.
fn ends(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let (token, next) = (&tokens[at], &tokens[at + 1]);
    let between = token.span.end..next.span.start;
    match text.as_bytes()[between.clone()] {
        [] => return false,
        [b' '] => return closes(tokens, at, lexicon),
        _ => {}
    }
    let between = &text[between];
    if between.contains('\n') {
        let wrapped = between.matches('\n').count() == 1 && text[next.span.range()].starts_with(char::is_lowercase);
        return !wrapped || closes(tokens, at, lexicon);
    }
    closes(tokens, at, lexicon)
}

/// Whether token `at` is a closing mark, perhaps behind quotes or brackets.
fn closes(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let mut end = at;
    while matches!(tokens[end].kind, TokenKind::Mark('"' | '\'' | ')' | ']')) && end > 0 {
        end -= 1;
    }
    match tokens[end].kind {
        TokenKind::Mark('!' | '?' | '…') => true,
        TokenKind::Mark('.') => end == 0 || !abbreviates(&tokens[end - 1], lexicon),
        _ => false,
    }
}

fn abbreviates(word: &Token, lexicon: &Lexicon) -> bool {
    let text = word.folded(lexicon);
    // A lone capital is an initial, but "I" before a full stop is rarer than a sentence that ends in it.
    let initial = word.capital && word.span.len() == 1 && text != "i";
    word.kind == TokenKind::Word && (initial || ABBREVIATIONS.contains(&text))
}

/// Number of tokens at the start that are the greeting: `Hi Ana,`, `Dear hiring manager,`, `Hey Kofi`.
fn greeting_end(text: &str, tokens: &[Token], lexicon: &Lexicon) -> usize {
    let Some(mut at) = opening_end(tokens, lexicon) else { return 0 };
    let names = at;
    while at < tokens.len() && at < names + 6 {
        let token = &tokens[at];
        let name = (token.capital && token.folded(lexicon) != "i")
            || token.glued
            || matches!(token.folded(lexicon), "there" | "all" | "again" | "van" | "de" | "von");
        if token.kind == TokenKind::Emoji {
            return at + 1;
        }
        let hole = token.kind == TokenKind::Hole;
        if at > names && token.kind == TokenKind::Mark('.') && abbreviates(&tokens[at - 1], lexicon) {
            at += 1;
            continue;
        }
        if !(hole || (token.kind == TokenKind::Word && name)) || breaks_line(text, tokens, at) {
            break;
        }
        at += 1;
    }
    let capitals = at;
    // "Dear hiring manager,": words in lower case count only when a comma follows soon.
    while at < tokens.len() && at < names + 3 && tokens[at].kind == TokenKind::Word && !breaks_line(text, tokens, at) {
        at += 1;
    }
    match tokens.get(at).map(|token| token.kind) {
        Some(TokenKind::Mark(',' | '!' | '.' | ':' | '-' | ';')) => at + 1,
        _ if breaks_line(text, tokens, at) => at,
        _ if capitals > names => capitals,
        _ => 0,
    }
}

/// Number of tokens that open a greeting, before the names: `Hi`, `Guten Tag`, `Hola,`.
fn opening_end(tokens: &[Token], lexicon: &Lexicon) -> Option<usize> {
    let word = |at: usize| tokens.get(at).map(|token| token.folded(lexicon)).unwrap_or_default();
    let of_two = |(first, seconds): &(&str, &[&str])| *first == word(0) && seconds.contains(&word(1));
    let at = match word(0) {
        // It greets anybody.
        "madame" if (word(1), word(2)) == (",", "monsieur") => 3,
        _ if GREETINGS_OF_TWO.iter().any(of_two) => 2,
        first if GREETINGS.contains(&first) => 1,
        _ => return None,
    };
    // `Hola, Ana:` is one greeting; `Hi, I read` is not.
    let names =
        || tokens.iter().skip(at + 1).take(4).take_while(|token| token.kind == TokenKind::Word && token.capital);
    let close = at + 1 + names().count();
    let closed = matches!(tokens.get(close).map(|token| token.kind), Some(TokenKind::Mark(',' | '!' | '.' | ':')));
    let called = word(at) == "," && close > at + 1 && word(at + 1) != "i" && closed;
    Some(if called { at + 1 } else { at })
}

fn breaks_line(text: &str, tokens: &[Token], at: usize) -> bool {
    at == 0 || at >= tokens.len() || text[tokens[at - 1].span.end..tokens[at].span.start].contains('\n')
}

#[cfg(test)]
mod tests {
    use super::super::Tokens;

    fn sentences(text: &str) -> Vec<(String, bool)> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let read = tokens.sentences().iter();
        read.map(|&s| (text[tokens.sentence_span(s).range()].to_owned(), s.greeting)).collect()
    }

    #[test]
    fn cuts_at_marks_but_not_behind_abbreviations_and_initials() {
        let text = "Dr. Kim, e.g. J. Smith, said 3.5. Did she? “Yes!” Good…";
        let cut: Vec<_> = sentences(text).into_iter().map(|(text, _)| text).collect();
        assert_eq!(cut, ["Dr. Kim, e.g. J. Smith, said 3.5.", "Did she?", "“Yes!”", "Good…"]);
    }

    #[test]
    fn a_line_break_ends_a_sentence_unless_the_line_was_only_wrapped() {
        let cut: Vec<_> =
            sentences("Your talk\nwas good\nThanks\n\nand bye").into_iter().map(|(text, _)| text).collect();
        assert_eq!(cut, ["Your talk\nwas good", "Thanks", "and bye"]);
    }

    #[test]
    fn finds_the_greeting() {
        for (text, greeting) in [
            ("Hi Ana, thanks", "Hi Ana,"),
            ("Hello! I read it", "Hello!"),
            ("Dear hiring manager, I", "Dear hiring manager,"),
            ("Hi Kofi hope u r good", "Hi Kofi"),
            ("Hi Jean-Luc Picard — you", "Hi Jean-Luc Picard —"),
            ("Good morning Ana!\nI read", "Good morning Ana!"),
            ("Hi Ana\nI read it", "Hi Ana"),
            ("Hey there 👋 I read", "Hey there 👋"),
            ("Dear Ms. Takeda, your talk", "Dear Ms. Takeda,"),
            ("Dear Prof. Dr. Weiß,\nthank you", "Dear Prof. Dr. Weiß,"),
            ("Hi J. R., your talk", "Hi J. R.,"),
            ("Sehr geehrter Herr Dr. Klein, ich", "Sehr geehrter Herr Dr. Klein,"),
            ("Guten Tag Frau Meier,\nIhr Vortrag", "Guten Tag Frau Meier,"),
            ("Buenos días, Marta. He visto", "Buenos días, Marta."),
            ("Hola, Ana: leí tu artículo", "Hola, Ana:"),
            ("Hi, Your talk was good", "Hi,"),
            ("Madame, Monsieur, votre", "Madame, Monsieur,"),
            ("Chère Madame Dupont, nous", "Chère Madame Dupont,"),
        ] {
            assert_eq!(sentences(text)[0], (greeting.to_owned(), true), "{text}");
        }
        for text in [
            "Lieber wäre mir ein Anruf.",
            "Hello from the row behind you, Tanya.",
            "Quick hello, Ana",
            "Mira, Jo says hello.",
        ] {
            assert!(!sentences(text)[0].1, "{text}");
        }
    }
}
