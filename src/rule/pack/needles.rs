//! What a text must hold for a regular expression to match it: most notes never run, or even compile, a pattern.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Texts of which one must be in a note for the expression to match; in lower case, and for notes in lower case,
/// unless capitals matter, and then of ASCII only. Empty when there is no such list.
pub(super) fn needles(hir: &Hir, exact: bool) -> Vec<String> {
    let mut found = Search { exact }.best(hir).unwrap_or_default();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether every match holds a digit, as those of a phone number do.
pub(super) fn needs_digit(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.iter().any(u8::is_ascii_digit),
        HirKind::Class(Class::Unicode(class)) => class.iter().all(|range| range.start() >= '0' && range.end() <= '9'),
        HirKind::Class(Class::Bytes(_)) | HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Repetition(repetition) => repetition.min > 0 && needs_digit(&repetition.sub),
        HirKind::Capture(capture) => needs_digit(&capture.sub),
        HirKind::Concat(parts) => parts.iter().any(needs_digit),
        HirKind::Alternation(branches) => branches.iter().all(needs_digit),
    }
}

/// Whether every match holds a letter or mark beyond ASCII.
pub(super) fn needs_beyond_ascii(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => !literal.0.is_ascii(),
        HirKind::Class(Class::Unicode(class)) => class.iter().all(|range| !range.start().is_ascii()),
        HirKind::Class(Class::Bytes(_)) | HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Repetition(repetition) => repetition.min > 0 && needs_beyond_ascii(&repetition.sub),
        HirKind::Capture(capture) => needs_beyond_ascii(&capture.sub),
        HirKind::Concat(parts) => parts.iter().any(needs_beyond_ascii),
        HirKind::Alternation(branches) => branches.iter().all(needs_beyond_ascii),
    }
}

/// Longest list that is worth looking for.
const MOST: usize = 160;

struct Search {
    exact: bool,
}

impl Search {
    /// The best list of texts of which one is in every match.
    fn best(&self, hir: &Hir) -> Option<Vec<String>> {
        let found = match hir.kind() {
            HirKind::Literal(_) | HirKind::Class(_) => self.single(hir).map(|texts| texts.into_iter().collect()),
            HirKind::Capture(capture) => self.best(&capture.sub),
            HirKind::Repetition(repetition) if repetition.min > 0 => self.best(&repetition.sub),
            HirKind::Alternation(branches) => {
                let lists: Option<Vec<Vec<String>>> = branches.iter().map(|branch| self.best(branch)).collect();
                lists.map(|lists| lists.concat())
            }
            HirKind::Concat(parts) => self.runs(parts).into_iter().max_by_key(|list| worth(list)),
            HirKind::Empty | HirKind::Look(_) | HirKind::Repetition(_) => None,
        };
        found.filter(|list| {
            !list.is_empty()
                && list.len() <= MOST
                && list.iter().all(|text| !text.is_empty() && (self.exact || text.is_ascii()))
        })
    }

    /// The lists of a sequence: each of its parts', and the texts that letters in a row spell. Alternatives that are
    /// spelled out go on from the letters before them: `\.(?:com|io)` spells `.com` and `.io`.
    fn runs(&self, parts: &[Hir]) -> Vec<Vec<String>> {
        let mut lists = Vec::new();
        let mut spelled = vec![String::new()];
        for part in parts {
            let texts = self.spelled_out(part);
            match texts {
                Some(texts) if spelled.len() * texts.len() <= MOST => {
                    spelled = spelled
                        .iter()
                        .flat_map(|before| texts.iter().map(move |text| format!("{before}{text}")))
                        .collect();
                }
                _ => {
                    lists.push(std::mem::replace(&mut spelled, vec![String::new()]));
                    lists.extend(self.best(part));
                }
            }
        }
        lists.push(spelled);
        lists.retain(|list| list.iter().all(|text| !text.is_empty()));
        lists
    }

    /// All texts that an expression matches, if it is nothing but texts.
    fn spelled_out(&self, hir: &Hir) -> Option<Vec<String>> {
        match hir.kind() {
            HirKind::Alternation(branches) => {
                let lists: Option<Vec<_>> = branches.iter().map(|branch| self.spelled_out(branch)).collect();
                lists.map(|lists| lists.concat())
            }
            HirKind::Capture(capture) => self.spelled_out(&capture.sub),
            HirKind::Concat(parts) => parts.iter().try_fold(vec![String::new()], |before, part| {
                let texts = self.spelled_out(part)?;
                let joined = before.iter().flat_map(|before| texts.iter().map(move |text| format!("{before}{text}")));
                (before.len() * texts.len() <= MOST).then(|| joined.collect())
            }),
            _ => self.single(hir).filter(|texts| texts.len() == 1),
        }
    }

    /// The texts, in lower case, that a literal or a small class stands for. Both cases of a letter are one text.
    fn single(&self, hir: &Hir) -> Option<Vec<String>> {
        match hir.kind() {
            HirKind::Literal(literal) => Some(vec![self.fold(std::str::from_utf8(&literal.0).ok()?)]),
            HirKind::Class(Class::Unicode(class)) => {
                let size: u32 = class.iter().map(|range| range.end() as u32 - range.start() as u32 + 1).sum();
                if size > 64 {
                    return None;
                }
                let letters = class.iter().flat_map(|range| range.start()..=range.end());
                let mut texts: Vec<String> = letters.map(|letter| self.fold(letter.encode_utf8(&mut [0; 4]))).collect();
                texts.sort_unstable();
                texts.dedup();
                // The long s is one of the letters that `s` stands for; notes that hold it skip the needles.
                texts.retain(|text| self.exact || text != "ſ");
                Some(texts)
            }
            _ => None,
        }
    }

    fn fold(&self, text: &str) -> String {
        if self.exact { text.to_owned() } else { text.to_lowercase() }
    }
}

/// Long texts are rarer than short ones, marks rarer than letters and blanks, few rarer than many.
fn worth(list: &[String]) -> (usize, usize) {
    let rare = |text: &String| match text.as_str() {
        "." | "," | " " | "'" | "-" | "\n" => 0,
        _ if text.len() == 1 && text.as_bytes()[0].is_ascii_alphanumeric() => 0,
        _ => text.len().min(4),
    };
    (list.iter().map(rare).min().unwrap_or(0), MOST.saturating_sub(list.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(regex: &str) -> Vec<String> {
        needles(&regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(regex).unwrap(), false)
    }

    #[test]
    fn knows_that_a_phone_number_has_digits() {
        let needs = |regex: &str| needs_digit(&regex_syntax::parse(regex).unwrap());
        assert!(needs(r"\+[0-9]{1,3}|call [a-z]*[0-9]+"));
        assert!(!needs(r"[0-9]*x|[0-9]y"));
    }

    #[test]
    fn knows_what_is_never_in_plain_letters() {
        let needs = |regex: &str| needs_beyond_ascii(&regex_syntax::parse(regex).unwrap());
        assert!(needs(r"(?:[\x{1D400}-\x{1D7FF}] ?){3,}|a\x{200B}+b|é"));
        assert!(!needs(r"é?x") && !needs(r"[é-ü]|y") && !needs(r"\p{L}"));
    }

    #[test]
    fn finds_what_every_match_holds() {
        assert_eq!(of(r"(?-u:\b)(?:https?://)?(?:www\.)?(?:bit\.ly|t\.co)/[\w-]+"), ["bit.ly/", "t.co/"]);
        assert_eq!(of(r"\*\*[^*]+\*\*|<br ?/?>"), ["**", "<br"]);
        assert_eq!(of(r"#\p{L}+"), ["#"]);
        assert_eq!(of(r"(?:hi|hello)? to connect$"), [" to connect"]);
        assert_eq!(of(r"[a-z]+\.(?:com|io)\b"), [".com", ".io"]);
        assert_eq!(of(r"&(?:amp|#[0-9]+)x?"), ["&"]);
        assert!(of(r".{500,}").is_empty());
        assert!(of(r"\w+ing?").contains(&"in".to_owned()));
    }
}
