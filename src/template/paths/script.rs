//! The answers that make a path, and the way from one path to the next.

/// The answer to one question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    pub(super) value: bool,
    /// Whether the other answer was possible too.
    pub(super) is_open: bool,
    /// Whether the other answer is still to be tried.
    is_untried: bool,
}

/// The answers of a path, in the order of its questions.
#[derive(Debug, Default)]
pub(super) struct Script {
    answers: Vec<Answer>,
    at: usize,
}

impl Script {
    /// The answer to the next question, if it was given before.
    pub(super) fn next(&mut self) -> Option<Answer> {
        let answer = self.answers.get(self.at).copied();
        self.at += usize::from(answer.is_some());
        answer
    }

    /// Answers the next question.
    pub(super) fn answer(&mut self, value: bool, is_open: bool) {
        self.answers.push(Answer { value, is_open, is_untried: is_open });
        self.at = self.answers.len();
    }

    /// Turns to the next path: the last question that has another answer gets it. `false` when there is none.
    pub(super) fn turn(&mut self) -> bool {
        self.at = 0;
        while let Some(last) = self.answers.last_mut() {
            if last.is_untried {
                last.value = !last.value;
                last.is_untried = false;
                return true;
            }
            self.answers.pop();
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_through_all_answers_once() {
        let mut script = Script::default();
        let mut seen = Vec::new();
        loop {
            let answers = (0..3).map(|_| match script.next() {
                Some(answer) => answer.value,
                None => {
                    script.answer(true, true);
                    true
                }
            });
            seen.push(answers.collect::<Vec<_>>());
            if !script.turn() {
                break;
            }
        }
        assert_eq!(seen.len(), 8);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 8);
    }
}
