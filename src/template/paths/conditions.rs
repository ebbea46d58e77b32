//! Conditions on the values a template sees, and whether some person meets all of them.
//!
//! A variable stands for one value: its bits are the values it may have. Conditions are kept open as long as they can
//! be: `not (a and b)` decides neither `a` nor `b`, so a path is one choice of branches and not one choice of values.

use std::cell::Cell;
use std::rc::Rc;

/// A value of the context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Variable(pub(super) u32);

/// A set of values of one variable.
pub(super) type Values = u64;

/// The value that is not there.
pub(super) const ABSENT: Values = 1 << 63;

/// Work for one question; what is not settled then counts as possible.
const MOST_WORK: usize = 20_000;

/// What must hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Formula {
    Is(bool),
    /// The variable has one of the values.
    In(Variable, Values),
    All(Rc<[Formula]>),
    Any(Rc<[Formula]>),
}

impl Formula {
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::join(parts, true)
    }

    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::join(parts, false)
    }

    /// Joins with “and”, which `true` parts leave as it is, or with “or”, which `false` parts do.
    fn join(parts: impl IntoIterator<Item = Self>, neutral: bool) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Is(value) if value == neutral => {}
                Self::Is(_) => return Self::Is(!neutral),
                Self::All(inner) if neutral => kept.extend(inner.iter().cloned()),
                Self::Any(inner) if !neutral => kept.extend(inner.iter().cloned()),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Is(neutral),
            1 => kept.swap_remove(0),
            _ if neutral => Self::All(kept.into()),
            _ => Self::Any(kept.into()),
        }
    }

    pub(super) fn not(&self) -> Self {
        match self {
            Self::Is(value) => Self::Is(!value),
            Self::In(variable, values) => Self::In(*variable, !values),
            Self::All(parts) => Self::any(parts.iter().map(Self::not)),
            Self::Any(parts) => Self::all(parts.iter().map(Self::not)),
        }
    }
}

/// A condition as Tera sees it: it holds, it does not, or else asking is an error.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    pub(super) yes: Formula,
    pub(super) no: Formula,
}

impl Condition {
    pub(super) fn new(yes: Formula) -> Self {
        let no = yes.not();
        Self { yes, no }
    }

    pub(super) const fn constant(value: bool) -> Self {
        Self { yes: Formula::Is(value), no: Formula::Is(!value) }
    }

    /// The same, asked only where `needed` holds: elsewhere it is an error.
    pub(super) fn given(self, needed: &Formula) -> Self {
        Self { yes: Formula::all([needed.clone(), self.yes]), no: Formula::all([needed.clone(), self.no]) }
    }

    pub(super) fn not(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }

    /// “And” does not look at its right side when the left one fails.
    pub(super) fn and(self, right: Self) -> Self {
        let no = Formula::any([self.no, Formula::all([self.yes.clone(), right.no])]);
        Self { yes: Formula::all([self.yes, right.yes]), no }
    }

    pub(super) fn or(self, right: Self) -> Self {
        self.not().and(right.not()).not()
    }

    /// Where asking is no error.
    pub(super) fn sound(&self) -> Formula {
        if self.no == self.yes.not() { Formula::Is(true) } else { Formula::any([self.yes.clone(), self.no.clone()]) }
    }
}

/// What is known of all variables.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// The values each variable may still have.
    domains: Vec<Values>,
    /// Whether a variable stands in an open formula.
    is_tied: Vec<bool>,
    /// What else must hold and does not follow.
    open: Vec<Formula>,
    /// One value for each variable. Mostly they meet everything known, which saves a search.
    example: Vec<Values>,
    /// What was looked at so far.
    work: Cell<usize>,
}

/// What is known of a formula.
enum Status {
    True,
    False,
    Open,
}

impl Known {
    /// Takes in a new variable.
    pub(super) fn push(&mut self, values: Values) {
        self.domains.push(values);
        self.example.push(any_of(values));
        self.is_tied.push(false);
    }

    /// The number of variables taken in.
    pub(super) const fn len(&self) -> usize {
        self.domains.len()
    }

    /// The work done since this was asked last, in formulas looked at.
    pub(super) fn work(&self) -> usize {
        self.work.take()
    }

    /// Adds a condition. `false` when it contradicts what is known, as far as that shows at once.
    pub(super) fn assert(&mut self, formula: &Formula) -> bool {
        if self.open.contains(formula) {
            return true;
        }
        let is_sound = self.take(formula) && (self.is_free(formula) || self.settle());
        self.follow(formula);
        is_sound
    }

    /// Whether a formula is about a variable that nothing else is about.
    fn is_free(&self, formula: &Formula) -> bool {
        match formula {
            Formula::In(variable, _) => !self.is_tied[variable.0 as usize],
            Formula::Is(_) => true,
            Formula::All(_) | Formula::Any(_) => false,
        }
    }

    /// Whether a condition is among what is known already.
    pub(super) fn has(&self, formula: &Formula) -> bool {
        matches!(self.status(formula), Status::True) || self.open.contains(formula)
    }

    /// Whether some values meet everything known and a condition.
    pub(super) fn allows(&self, formula: &Formula) -> bool {
        match self.status(formula) {
            Status::False => return false,
            Status::True => return true,
            Status::Open => {}
        }
        if self.is_free(formula) {
            return true;
        }
        let mut example = self.example.clone();
        if self.impose(formula, &mut example) && is_met(formula, &example) && self.is_met_by(&example) {
            return true;
        }
        let mut with = self.copy();
        let work = Cell::new(0);
        let is_possible = with.assert(formula) && with.solve(&work).is_some();
        self.work.set(self.work.get() + work.get());
        is_possible
    }

    /// One value for each variable that meets everything known.
    pub(super) fn example(&self) -> Option<Vec<Values>> {
        self.copy().solve(&Cell::new(0)).map(|known| known.domains.iter().map(|values| any_of(*values)).collect())
    }

    /// Changes an example so that it meets a formula, as far as that shows.
    fn impose(&self, formula: &Formula, example: &mut [Values]) -> bool {
        match formula {
            Formula::Is(value) => *value,
            Formula::In(variable, values) => {
                let at = variable.0 as usize;
                let values = values & self.domains[at];
                if example[at] & values == 0 {
                    example[at] = any_of(values);
                }
                values != 0
            }
            Formula::All(parts) => parts.iter().all(|part| self.impose(part, example)),
            Formula::Any(parts) => {
                parts.iter().any(|part| is_met(part, example)) || parts.iter().any(|part| self.impose(part, example))
            }
        }
    }

    /// Whether an example meets everything known.
    fn is_met_by(&self, example: &[Values]) -> bool {
        self.work.set(self.work.get() + self.open.len() / 4);
        example.iter().zip(&self.domains).all(|(value, domain)| value & domain != 0)
            && self.open.iter().all(|formula| is_met(formula, example))
    }

    /// Keeps the example up to what is known, if that is easy.
    fn follow(&mut self, formula: &Formula) {
        if !is_met(formula, &self.example) {
            let mut example = std::mem::take(&mut self.example);
            self.impose(formula, &mut example);
            self.example = example;
        }
    }

    fn copy(&self) -> Self {
        self.work.set(self.work.get() + 1 + self.open.len() + self.domains.len() / 8);
        Self { work: Cell::new(0), ..self.clone() }
    }

    fn tie(&mut self, formula: &Formula) {
        match formula {
            Formula::In(variable, _) => self.is_tied[variable.0 as usize] = true,
            Formula::Is(_) => {}
            Formula::All(parts) | Formula::Any(parts) => parts.iter().for_each(|part| self.tie(part)),
        }
    }

    fn take(&mut self, formula: &Formula) -> bool {
        match formula {
            Formula::Is(value) => *value,
            Formula::In(variable, values) => {
                let domain = &mut self.domains[variable.0 as usize];
                *domain &= values;
                *domain != 0
            }
            Formula::All(parts) => parts.iter().all(|part| self.take(part)),
            Formula::Any(_) => {
                self.tie(formula);
                self.open.push(formula.clone());
                true
            }
        }
    }

    /// Draws what follows from the open formulas, until nothing more does.
    fn settle(&mut self) -> bool {
        loop {
            let before = self.open.len();
            self.work.set(self.work.get() + before);
            for formula in std::mem::take(&mut self.open) {
                let Formula::Any(parts) = &formula else { continue };
                let mut left = None;
                let mut several = false;
                let mut met = false;
                for part in parts.iter() {
                    match self.status(part) {
                        Status::True => met = true,
                        Status::False => {}
                        Status::Open => {
                            several |= left.is_some();
                            left = Some(part);
                        }
                    }
                    if met || several {
                        // A later part may be met, which is rare; the formula stays until then.
                        break;
                    }
                }
                match left {
                    _ if met => {}
                    _ if several => self.open.push(formula),
                    Some(only) => {
                        if !self.take(only) {
                            return false;
                        }
                    }
                    None => return false,
                }
            }
            if self.open.len() == before {
                return true;
            }
        }
    }

    /// Tries the parts of open formulas. `None` when nothing meets them all.
    fn solve(mut self, work: &Cell<usize>) -> Option<Self> {
        if !self.settle() {
            return None;
        }
        work.set(work.get() + self.work.take());
        let Some(formula) = self.open.pop() else { return Some(self) };
        let Formula::Any(parts) = &formula else { return self.solve(work) };
        for part in parts.iter() {
            if work.get() > MOST_WORK {
                return Some(self);
            }
            let mut with = self.copy();
            work.set(work.get() + self.work.take());
            if with.take(part)
                && let Some(found) = with.solve(work)
            {
                return Some(found);
            }
        }
        None
    }

    fn status(&self, formula: &Formula) -> Status {
        match formula {
            Formula::Is(true) => Status::True,
            Formula::Is(false) => Status::False,
            Formula::In(variable, values) => match self.domains[variable.0 as usize] {
                domain if domain & values == 0 => Status::False,
                domain if domain & !values == 0 => Status::True,
                _ => Status::Open,
            },
            Formula::All(parts) => {
                let mut status = Status::True;
                for part in parts.iter() {
                    match self.status(part) {
                        Status::False => return Status::False,
                        Status::Open => status = Status::Open,
                        Status::True => {}
                    }
                }
                status
            }
            Formula::Any(parts) => {
                let mut status = Status::False;
                for part in parts.iter() {
                    match self.status(part) {
                        Status::True => return Status::True,
                        Status::Open => status = Status::Open,
                        Status::False => {}
                    }
                }
                status
            }
        }
    }
}

/// Whether an example meets a formula.
fn is_met(formula: &Formula, example: &[Values]) -> bool {
    match formula {
        Formula::Is(value) => *value,
        Formula::In(variable, values) => example[variable.0 as usize] & values != 0,
        Formula::All(parts) => parts.iter().all(|part| is_met(part, example)),
        Formula::Any(parts) => parts.iter().any(|part| is_met(part, example)),
    }
}

/// One of some values: a text that is compared with nothing, if there is one, else the lowest.
const fn any_of(values: Values) -> Values {
    let other = ABSENT >> 1;
    if values & other != 0 { other } else { values & values.wrapping_neg() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Variable = Variable(0);
    const B: Variable = Variable(1);
    const THERE: Values = !ABSENT;

    fn known(count: usize) -> Known {
        let mut known = Known::default();
        (0..count).for_each(|_| known.push(!0));
        known
    }

    #[test]
    fn a_conjunction_that_fails_decides_neither_part() {
        let mut known = known(2);
        let both = Condition::new(Formula::In(A, THERE)).and(Condition::new(Formula::In(B, THERE)));
        assert!(known.assert(&both.no));
        assert!(known.allows(&Formula::In(A, THERE)) && known.allows(&Formula::In(A, ABSENT)));
        assert!(known.assert(&Formula::In(A, THERE)));
        assert!(!known.allows(&Formula::In(B, THERE)));
    }

    #[test]
    fn a_value_equals_one_text_at_most() {
        let mut known = known(1);
        assert!(known.assert(&Formula::In(A, 1)));
        assert!(!known.allows(&Formula::In(A, 2)));
        assert!(!known.allows(&Formula::In(A, ABSENT)));
    }

    #[test]
    fn what_is_an_error_to_ask_is_neither_yes_nor_no() {
        let asked = Condition::new(Formula::In(B, 1)).given(&Formula::In(A, THERE));
        let mut known = known(2);
        assert!(known.allows(&asked.sound().not()));
        assert!(known.assert(&Formula::In(A, ABSENT)));
        assert!(!known.allows(&asked.yes) && !known.allows(&asked.no));
    }

    #[test]
    fn a_formula_that_contradicts_itself_is_not_allowed() {
        let known = known(2);
        let either = Formula::any([Formula::In(A, THERE), Formula::In(B, THERE)]);
        assert!(!known.allows(&Formula::all([either.clone(), either.not()])));
        assert!(known.allows(&either));
    }

    #[test]
    fn finds_values_that_meet_all_conditions() {
        let mut known = known(3);
        let c = Variable(2);
        let either = |x, y| Formula::any([x, y]);
        for formula in [
            either(Formula::In(A, ABSENT), Formula::In(B, ABSENT)),
            either(Formula::In(B, THERE), Formula::In(c, ABSENT)),
            either(Formula::In(c, THERE), Formula::In(A, ABSENT)),
        ] {
            assert!(known.assert(&formula));
        }
        assert!(!known.allows(&Formula::all([Formula::In(A, THERE)])));
        let example = known.example().unwrap();
        assert!(example.iter().all(|value| value.count_ones() == 1));
    }
}
