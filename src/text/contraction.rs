//! Contractions in their long form, with and without the apostrophe.

/// A contraction as two words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// The first word.
    pub(super) head: &'a str,
    /// The second word; `'s` and `'d` stay as they are, because they have more than one long form.
    pub(super) rest: &'a str,
    /// Characters of the written word that belong to the second part.
    pub(super) tail: usize,
}

/// The words that a folded word stands for: two for a contraction, else itself.
#[must_use]
pub fn parts(word: &str) -> Vec<&str> {
    split(word).or_else(|| elision(word)).map_or_else(|| vec![word], |parts| vec![parts.head, parts.rest])
}

/// French words that lose their last vowel before another one. The apostrophe stays with them: `l'` may be *le* or
/// *la*.
const ELIDED: [&str; 13] =
    ["c'", "d'", "j'", "jusqu'", "l'", "lorsqu'", "m'", "n'", "puisqu'", "qu'", "quoiqu'", "s'", "t'"];

/// Splits a folded word that begins with an elided one: `j'aimerais`, `l'entreprise`, `n'hésitez`, `s'y`.
pub(super) fn elision(word: &str) -> Option<Parts<'_>> {
    let (head, rest) = word.split_at(word.find('\'')? + 1);
    let vowel = |c: char| "aeiouhâàéèêëîïôùûœæ".contains(c);
    let follows = rest.starts_with(vowel) || rest == "y";
    (follows && ELIDED.contains(&head)).then(|| Parts { head, rest, tail: rest.chars().count() })
}

/// Splits a folded word that is a contraction.
pub(super) fn split(word: &str) -> Option<Parts<'_>> {
    match word.rfind('\'') {
        Some(at) => split_at_apostrophe(word, at),
        None => split_bare(word),
    }
}

fn split_at_apostrophe(word: &str, at: usize) -> Option<Parts<'_>> {
    if let Some(head) = word.strip_suffix("n't") {
        let (head, tail) = match head {
            // can't: the n belongs to both parts.
            "ca" => ("can", 2),
            "wo" => ("will", 3),
            "sha" => ("shall", 3),
            "" => return None,
            _ => (head, 3),
        };
        return Some(Parts { head, rest: "not", tail });
    }
    let head = &word[..at];
    let rest = match &word[at..] {
        "'re" => "are",
        "'ve" => "have",
        "'ll" => "will",
        "'m" => "am",
        "'s" if head == "let" => "us",
        "'s" => "'s",
        "'d" => "'d",
        _ => return None,
    };
    (!head.is_empty()).then(|| Parts { head, rest, tail: word[at..].chars().count() })
}

/// Contractions typed without their apostrophe, but for those that are words of their own (`id`, `ill`, `well`).
fn split_bare(word: &str) -> Option<Parts<'_>> {
    if !(2..=8).contains(&word.len()) {
        return None;
    }
    let (head, rest, tail) = match word {
        "im" => ("i", "am", 1),
        "ive" => ("i", "have", 2),
        "youre" => ("you", "are", 2),
        "youve" => ("you", "have", 2),
        "youll" => ("you", "will", 2),
        "weve" => ("we", "have", 2),
        "theyre" => ("they", "are", 2),
        "theyve" => ("they", "have", 2),
        "thats" => ("that", "'s", 1),
        "whats" => ("what", "'s", 1),
        "lets" => ("let", "us", 1),
        "dont" => ("do", "not", 2),
        "doesnt" => ("does", "not", 2),
        "didnt" => ("did", "not", 2),
        "cant" => ("can", "not", 1),
        "cannot" => ("can", "not", 3),
        "wont" => ("will", "not", 2),
        "havent" => ("have", "not", 2),
        "hasnt" => ("has", "not", 2),
        "hadnt" => ("had", "not", 2),
        "isnt" => ("is", "not", 2),
        "arent" => ("are", "not", 2),
        "wasnt" => ("was", "not", 2),
        "werent" => ("were", "not", 2),
        "couldnt" => ("could", "not", 2),
        "wouldnt" => ("would", "not", 2),
        "shouldnt" => ("should", "not", 2),
        _ => return None,
    };
    Some(Parts { head, rest, tail })
}
