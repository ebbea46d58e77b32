use super::Problem;
use crate::text::{LineIndex, Span};

/// A text as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// What to call it in messages.
    pub name: String,
    /// The text.
    pub text: String,
    /// A sign that letters were lost on the way here.
    pub warning: Option<Problem>,
}

/// Reads bytes as UTF-8. `name` is what to call them in messages.
///
/// # Errors
/// They are UTF-16, no text, or have a byte that is not UTF-8.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<FileText, Problem> {
    if is_utf16(&bytes) {
        let help = "Save it as UTF-8. In PowerShell: `Get-Content FILE | Set-Content -Encoding utf8 NEW-FILE`; for a \
                    pipe, set `$OutputEncoding = [Text.Encoding]::UTF8` first.";
        return Err(Problem::new(name, "this is UTF-16 text, not UTF-8").with_help(help));
    }
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))?;
    if let Some(at) = text.find('\0') {
        let message = format!("this is not a text file: byte {at} is zero");
        return Err(at_byte(Problem::new(name, message), &text, at).with_help("Name text files only."));
    }
    let warning = question_marks(&text).map(|at| {
        let message = "question marks stand where letters seem to be missing";
        let help = "Letters such as é were probably lost in a pipe. In PowerShell set `$OutputEncoding = \
                    [Text.Encoding]::UTF8`, in cmd run `chcp 65001`, or name the file instead of piping it.";
        at_byte(Problem::new(name, message), &text, at).warning().with_help(help)
    });
    Ok(FileText { name: name.to_owned(), text, warning })
}

/// UTF-16 has a byte-order mark, or a zero in every other byte of Latin text.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let start = &bytes[..bytes.len().min(200)];
    let zeros = |side: usize| start.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let half = start.len() / 2;
    half > 0 && (zeros(0) * 2 > half && zeros(1) == 0 || zeros(1) * 2 > half && zeros(0) == 0)
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Problem {
    let at = error.utf8_error().valid_up_to();
    let (before, rest) = error.as_bytes().split_at(at);
    let before = String::from_utf8_lossy(before);
    let byte = rest.first().copied().unwrap_or_default();
    let message = format!("this is not UTF-8 text: byte {at} is 0x{byte:02X}");
    let help = "Save it as UTF-8; it may be in Windows-1252 or Latin-1 now.";
    at_byte(Problem::new(name, message), &before, at).with_help(help)
}

fn at_byte(mut problem: Problem, text: &str, at: usize) -> Problem {
    problem.place = Some(LineIndex::new(text).place(text, at));
    problem.span = Span::new(at, at);
    problem
}

/// Where question marks begin to stand for letters: in two places at least, inside words (`Gr??e`) or as words
/// (`?????`). Addresses have question marks too and do not count.
fn question_marks(text: &str) -> Option<usize> {
    if !text.is_ascii() {
        return None;
    }
    let mut first = None;
    let mut places = 0;
    for word in text.split_ascii_whitespace().filter(|word| !word.contains(['/', '=', '&'])) {
        if lost_letters(word) {
            // Both are parts of one text, so the difference is where the word starts.
            first = first.or(Some(word.as_ptr() as usize - text.as_ptr() as usize));
            places += 1;
        }
    }
    first.filter(|_| places >= 2)
}

fn lost_letters(word: &str) -> bool {
    let bare = word.trim_matches(|letter: char| matches!(letter, ',' | '.' | '!' | ':' | ';' | '(' | ')' | '"' | '\''));
    if bare.len() >= 4 && bare.bytes().all(|byte| byte == b'?') {
        return true;
    }
    let inner = bare.trim_matches('?');
    let before_mark = inner.split('?').next().unwrap_or_default();
    let after = inner[before_mark.len()..].trim_start_matches('?');
    after.starts_with(|letter: char| letter.is_ascii_lowercase()) && !before_mark.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        decode("a.txt", bytes.to_vec()).unwrap_err().to_string()
    }

    #[test]
    fn utf_16_is_named() {
        let little: Vec<u8> = "Hi Zoë,".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "Hi Zoë,".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&[0xff, 0xfe, b'H', 0], &[0xfe, 0xff, 0, b'H'], &little[..], &big[..]] {
            assert_eq!(message(bytes), "a.txt: this is UTF-16 text, not UTF-8");
        }
    }

    #[test]
    fn a_byte_that_is_not_utf_8_is_shown_where_it_is() {
        assert_eq!(message(b"Hi\nZo\xeb,"), "a.txt:2:3: this is not UTF-8 text: byte 5 is 0xEB");
        assert_eq!(message(b"\x89PNG\r\n\x1a\n"), "a.txt:1:1: this is not UTF-8 text: byte 0 is 0x89");
        assert_eq!(message(b"Hi there\n all \0 of you"), "a.txt:2:6: this is not a text file: byte 14 is zero");
    }

    #[test]
    fn letters_lost_in_a_pipe_are_noticed() {
        for (text, lost) in [
            ("Hi J?rgen, sch?ne Gr??e", Some(3)),
            ("?????? ?????, Anna", Some(0)),
            ("Are you there? Did you see https://x.org/?a=b&c=d or it?", None),
            ("What??? Really??", None),
            ("Did you?No. Hi?Yes", None),
            ("Hi Jürgen, sch?ne Gr??e", None),
            ("one sl?p is nothing", None),
        ] {
            let read = decode("<stdin>", text.into()).unwrap();
            assert_eq!(read.text, text);
            assert_eq!(read.warning.map(|warning| warning.span.start), lost, "{text}");
        }
    }
}
