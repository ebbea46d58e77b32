use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::address::address;
use super::lexicon::{Lexicon, Word};
use super::{Span, sentence};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits or an apostrophe inside.
    Word,
    /// Digits, perhaps with separators inside and letters behind: `3.5`, `10k`.
    Number,
    /// A currency sign with a number.
    Money,
    /// A web address, with or without a scheme.
    Url,
    /// An e-mail address.
    Email,
    /// One emoji, however many code points it has.
    Emoji,
    /// A punctuation mark or symbol, folded: curly quotes are straight, dashes are `-`, an ellipsis is `…`.
    Mark(char),
    /// A value that is not filled in (U+FFFC).
    Hole,
}

/// A word, number, mark and so on. A contraction is two tokens: `don't` is `do` and `not`.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Bytes of the text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Index of its sentence.
    pub sentence: usize,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// Whether it belongs to the same written word as the token before.
    pub glued: bool,
    word: u32,
    folded: (u32, u32),
}

/// A sentence, as a range of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Index of its first token.
    pub start: usize,
    /// Index behind its last token.
    pub end: usize,
    /// Whether it is the greeting.
    pub greeting: bool,
}

/// The tokens and sentences of a text. The buffers and the words are kept from one text to the next.
#[derive(Debug, Default)]
pub struct Tokens {
    /// The text that was read last.
    text: String,
    lexicon: Lexicon,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
}

impl Tokens {
    /// Reads a text, forgetting the one before. The same text again costs nothing.
    pub fn read(&mut self, text: &str) {
        if self.text == text {
            return;
        }
        self.text.clear();
        self.lexicon.make_room();
        self.tokens.clear();
        self.sentences.clear();
        let mut lexer = Lexer { text, at: 0, out: self };
        lexer.run();
        sentence::split(text, &mut self.tokens, &mut self.sentences, &self.lexicon);
        self.text.push_str(text);
    }

    /// The tokens in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The sentences in order; they tile the tokens.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The token's folded text: lower case, NFC, straight apostrophes, contractions in their long form
    /// (but `'s` and `'d`, which have more than one).
    #[must_use]
    pub fn folded(&self, token: &Token) -> &str {
        token.folded(&self.lexicon)
    }

    /// What [`Token::word`] numbers are good for: they differ between lexicons, and a new one begins when the old one
    /// is full.
    pub(crate) const fn lexicon(&self) -> u64 {
        self.lexicon.id()
    }

    /// Whether two tokens have the same folded text.
    #[must_use]
    pub fn are_alike(&self, one: &Token, other: &Token) -> bool {
        let length = |token: &Token| token.folded.1 - token.folded.0;
        one.word == other.word || (length(one) == length(other) && self.folded(one) == self.folded(other))
    }

    /// Bytes from the start of the written word that token `first` belongs to, to the end of that of token `last`.
    #[must_use]
    pub fn span(&self, first: usize, last: usize) -> Span {
        let mut from = first;
        while self.tokens[from].glued && from > 0 {
            from -= 1;
        }
        let mut to = last;
        while self.tokens.get(to + 1).is_some_and(|next| next.glued) {
            to += 1;
        }
        self.tokens[from].span.join(self.tokens[to].span)
    }

    /// Bytes from a sentence's first token to its last.
    #[must_use]
    pub fn sentence_span(&self, sentence: Sentence) -> Span {
        if sentence.start == sentence.end {
            return Span::default();
        }
        self.tokens[sentence.start].span.join(self.tokens[sentence.end - 1].span)
    }

    /// Number of written words: a contraction is one.
    #[must_use]
    pub fn word_count(&self, sentence: Sentence) -> usize {
        self.tokens[sentence.start..sentence.end].iter().filter(|token| !token.glued && token.kind.is_word()).count()
    }
}

impl Token {
    /// The number of its word. Tokens of one [`Tokens::lexicon`] with the same number have the same kind, capital and
    /// folded text, are written alike, and are glued alike.
    pub(crate) const fn word(&self) -> usize {
        self.word as usize
    }

    pub(super) fn folded<'a>(&self, lexicon: &'a Lexicon) -> &'a str {
        lexicon.folded(self.folded)
    }
}

impl TokenKind {
    /// Whether the token counts as a word of the sentence.
    #[must_use]
    pub const fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::Number | Self::Money | Self::Url | Self::Email | Self::Hole)
    }
}

struct Lexer<'t, 'o> {
    text: &'t str,
    at: usize,
    out: &'o mut Tokens,
}

impl Lexer<'_, '_> {
    fn run(&mut self) {
        while let Some(c) = self.peek(0) {
            match c {
                _ if c.is_whitespace() => self.at += c.len_utf8(),
                _ if c.is_alphabetic() => self.word(),
                _ if c.is_numeric() => self.number(self.at, TokenKind::Number),
                '$' | '€' | '£' | '¥' | '₹' if self.amount_follows(c) => self.number(self.at, TokenKind::Money),
                '\u{FFFC}' => self.push(c.len_utf8(), TokenKind::Hole),
                '-' | '\u{2010}' | '\u{2011}' | '/' if self.is_inside_word(c) => self.at += c.len_utf8(),
                '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}' => self.at += c.len_utf8(),
                _ if is_emoji(c) => self.emoji(),
                _ => self.mark(c),
            }
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        let rest = self.text.get(self.at + ahead..)?;
        match rest.as_bytes().first() {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => rest.chars().next(),
        }
    }

    /// Whether a hyphen or slash stands right between two words.
    fn is_inside_word(&self, c: char) -> bool {
        self.out.tokens.last().is_some_and(|token| token.span.end == self.at && token.kind.is_word())
            && self.peek(c.len_utf8()).is_some_and(char::is_alphanumeric)
    }

    fn amount_follows(&self, sign: char) -> bool {
        let behind = self.rest()[sign.len_utf8()..].trim_start_matches(' ');
        behind.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Pushes what the next bytes are read as.
    fn push(&mut self, len: usize, kind: TokenKind) {
        let (start, end) = (self.at, self.at + len);
        self.at = end;
        let reading = self.out.lexicon.read(&self.text[start..end], kind);
        match reading.cut {
            None => self.push_word(Span::new(start, end), reading.first, false),
            Some(cut) => {
                let cut = start + cut as usize;
                self.push_word(Span::new(start, cut), reading.first, false);
                self.push_word(Span::new(cut, end), reading.first + 1, true);
            }
        }
    }

    fn push_word(&mut self, span: Span, word: u32, glued: bool) {
        let Word { kind, capital, folded } = self.out.lexicon.word(word);
        self.out.tokens.push(Token { span, kind, sentence: 0, capital, glued, word, folded });
    }

    fn word(&mut self) {
        let len = word_len(self.rest());
        let (len, kind) =
            if self.may_be_address(len) { address(self.rest()) } else { None }.unwrap_or((len, TokenKind::Word));
        self.push(len, kind);
    }

    /// Whether the word of `len` bytes may begin an address: a mark of one stands behind it, and more behind that.
    fn may_be_address(&self, len: usize) -> bool {
        let behind = |at: usize| self.rest().as_bytes().get(at).copied().unwrap_or(b' ');
        matches!(behind(len), b'.' | b':' | b'@' | b'-' | b'_' | b'+')
            && (behind(len + 1).is_ascii_alphanumeric() || b".-_@+:/".contains(&behind(len + 1)))
    }

    fn number(&mut self, start: usize, kind: TokenKind) {
        let mut len = 0;
        let rest = &self.text[start..];
        let mut chars = rest.char_indices().peekable();
        let mut kind = kind;
        while let Some((at, c)) = chars.next() {
            let digit_next = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            let sign = matches!(c, '$' | '€' | '£' | '¥' | '₹');
            match c {
                _ if c.is_alphanumeric() => {}
                '.' | ',' | ':' if digit_next => {}
                ' ' if at > 0 && kind == TokenKind::Money && digit_next && at <= 4 && at == sign_len(rest) => {}
                _ if sign && (at == 0 || kind == TokenKind::Number) => kind = TokenKind::Money,
                _ => break,
            }
            len = at + c.len_utf8();
        }
        self.at = start;
        self.push(len, kind);
    }

    fn emoji(&mut self) {
        let len = self.rest().graphemes(true).next().map_or(1, str::len);
        self.push(len, TokenKind::Emoji);
    }

    fn mark(&mut self, c: char) {
        let dots = self.rest().len() - self.rest().trim_start_matches('.').len();
        if dots > 1 {
            return self.push(dots, TokenKind::Mark('…'));
        }
        self.push(c.len_utf8(), TokenKind::Mark(fold_mark(c)));
    }
}

fn sign_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The bytes that are ASCII letters and digits.
const ALPHANUMERIC: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// Length of the word at the start of `text`: letters, digits, combining marks, and apostrophes between letters.
fn word_len(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| ALPHANUMERIC[usize::from(*byte)]).count();
    match text.as_bytes().get(plain) {
        None => return plain,
        Some(byte) if byte.is_ascii() && !matches!(byte, b'\'' | b'`') => return plain,
        Some(_) => {}
    }
    let mut len = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = c.is_alphanumeric()
            || (!c.is_ascii() && is_combining_mark(c))
            || (is_apostrophe(c) && chars.peek().is_some_and(|(_, next)| next.is_alphabetic()));
        if !inside {
            break;
        }
        len = at + c.len_utf8();
    }
    len
}

/// Whether a character is used as an apostrophe inside words.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

/// A word in the form that is compared: lower case, NFC, straight apostrophes.
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase().replace('`', "'");
    }
    let straight = |c| if is_apostrophe(c) { '\'' } else { c };
    let lower = word.chars().map(straight).flat_map(char::to_lowercase);
    if word.chars().any(is_combining_mark) { lower.nfc().collect() } else { lower.collect() }
}

/// A mark in the form that is compared.
#[must_use]
pub fn fold_mark(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‹' | '›' | '‚' | '‛' => '\'',
        _ if is_apostrophe(c) => '\'',
        '–' | '—' | '―' | '‒' | '−' | '\u{2010}' | '\u{2011}' => '-',
        '！' => '!',
        '？' | '؟' => '?',
        '，' => ',',
        '：' => ':',
        '。' => '.',
        _ => c,
    }
}

/// The emoji blocks; text symbols such as © and ★ are marks.
fn is_emoji(c: char) -> bool {
    let symbol = matches!(c, '★' | '☆' | '✓' | '✔' | '✗' | '✘' | '♪' | '♭' | '♯' | '☐' | '☑' | '☒' | '➔'..='➾');
    !symbol
        && matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{2B55}' | '\u{231A}' | '\u{231B}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        tokens.tokens().iter().map(|token| tokens.folded(token).to_owned()).collect()
    }

    #[test]
    fn contractions_are_read_in_their_long_form() {
        assert_eq!(
            words("I don’t, you'll; can't won't"),
            "i do not , you will ; can not will not".split(' ').collect::<Vec<_>>()
        );
        assert_eq!(words("dont im lets"), ["do", "not", "i", "am", "let", "us"]);
        assert_eq!(words("Ana's it'd O'Brien"), ["ana", "'s", "it", "'d", "o'brien"]);
    }

    #[test]
    fn french_elisions_are_two_words_and_names_stay_whole() {
        assert_eq!(words("J’aimerais l'entreprise"), ["j'", "aimerais", "l'", "entreprise"]);
        assert_eq!(words("n'he\u{301}sitez"), ["n'", "hésitez"]);
        assert_eq!(words("n'hésitez qu'il j'y d'Airbus"), ["n'", "hésitez", "qu'", "il", "j'", "y", "d'", "airbus"]);
        assert_eq!(
            words("aujourd'hui L'Oréal D'Angelo c'mon 'l rock'n'roll"),
            ["aujourd'hui", "l'oréal", "d'angelo", "c'mon", "'", "l", "rock'n'roll"]
        );
    }

    #[test]
    fn hyphens_and_slashes_inside_words_separate_and_dashes_are_marks() {
        assert_eq!(words("follow-up and/or — no"), ["follow", "up", "and", "or", "-", "no"]);
    }

    #[test]
    fn knows_addresses_amounts_and_emoji() {
        let mut tokens = Tokens::default();
        tokens.read("See https://x.io/a?b. cal.example/fillit, a@b.org $450 £ 300k 500€ 3.5 👩‍💻 node.js Best.Ana");
        let kinds: Vec<_> = tokens
            .tokens()
            .iter()
            .map(|token| token.kind)
            .filter(|kind| !matches!(kind, TokenKind::Word | TokenKind::Mark(_)))
            .collect();
        use TokenKind::{Email, Emoji, Money, Number, Url};
        assert_eq!(kinds, [Url, Url, Email, Money, Money, Money, Number, Emoji]);
    }

    #[test]
    fn composed_and_decomposed_letters_fold_alike() {
        assert_eq!(words("Cafe\u{301} É"), ["café", "é"]);
    }

    #[test]
    fn a_span_covers_whole_written_words() {
        let text = "well, I’d say";
        let mut tokens = Tokens::default();
        tokens.read(text);
        assert_eq!(&text[tokens.span(2, 2).range()], "I’d");
        assert_eq!(&text[tokens.span(3, 4).range()], "I’d say");
    }

    proptest::proptest! {
        #[test]
        fn tokens_lie_in_order_on_character_boundaries(text in "(?s).{0,80}") {
            let mut tokens = Tokens::default();
            tokens.read(&text);
            let mut at = 0;
            for token in tokens.tokens() {
                proptest::prop_assert!(token.span.start >= at);
                proptest::prop_assert!(text.get(token.span.range()).is_some());
                at = token.span.end;
            }
            let covered: usize = tokens.sentences().iter().map(|sentence| sentence.end - sentence.start).sum();
            proptest::prop_assert_eq!(covered, tokens.tokens().len());
        }
    }
}
