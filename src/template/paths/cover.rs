//! Some paths of a template that has too many: every outcome of a branch, and every two outcomes that go together.

use rustc_hash::{FxHashMap, FxHashSet};

use super::choose::Choose;
use super::conditions::{Formula, Known};
use super::forest::Leaf;
use super::notes::Outcome;
use super::script::Script;
use super::search::{Walked, one};
use super::walk::Shared;
use super::{Coverage, Tally};

/// Paths that are walked at most.
const MOST_PATHS: usize = 1_500;
/// Paths in a row that show nothing new before the search goes after single pairs.
const MOST_IDLE: usize = 8;
/// Steps of all paths.
const MOST_STEPS: usize = 4_000_000;
/// Outcomes whose pairs are looked at.
const MOST_OUTCOMES: usize = 512;
/// Work of proving that outcomes do not go together.
const MOST_PROVING: usize = 1_000_000;
/// Times an outcome is heard of until its ways are taken for known.
const MOST_HEARD: u32 = 40;
/// Ways to an outcome that are remembered.
const MOST_WAYS: usize = 4;
/// Where the random choices begin.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
/// Paths that nobody would wait for: 2 to the power of 20. On average a path branches as often as there are paths.
const HOPELESS: f64 = 1_048_576.0;
/// Paths taken at random to tell how many there are.
const SAMPLES: usize = 32;

/// Paths that cover a template.
pub(super) struct Covered {
    pub(super) walked: Vec<Walked>,
    /// Outcomes that no path has.
    pub(super) impossible: FxHashSet<Outcome>,
    possible: f64,
    branches: Tally,
    pairs: Tally,
}

impl Covered {
    pub(super) fn coverage(&self) -> Coverage {
        let (possible, branches, pairs) = (self.possible, self.branches, self.pairs);
        Coverage::Cover { paths: self.walked.len(), possible, branches, pairs }
    }
}

/// How an outcome comes about.
#[derive(Default)]
struct Ways {
    when: Vec<Formula>,
    /// Whether there are other ways than these.
    are_more: bool,
    heard: u32,
}

/// A set of outcomes, by their numbers.
type Set = [u64; MOST_OUTCOMES / 64];

fn has(set: &Set, at: usize) -> bool {
    set[at / 64] & 1 << (at % 64) != 0
}

fn insert(set: &mut Set, at: usize) {
    set[at / 64] |= 1 << (at % 64);
}

/// Chooses what was not shown together yet.
#[derive(Default)]
struct Cover {
    ways: FxHashMap<Outcome, Ways>,
    covered: FxHashSet<Outcome>,
    /// The numbers of the outcomes whose pairs are looked at.
    numbers: FxHashMap<Outcome, usize>,
    /// For each of them, those that were shown with it.
    pairs: Vec<Set>,
    /// The outcomes of the path that is being walked.
    current: Set,
    /// Whether to choose at random.
    is_random: bool,
    /// The product of the answers that were open on this path.
    branching: f64,
    random: u64,
}

impl Cover {
    fn toss(&mut self) -> bool {
        // xorshift64: the same paths on every run.
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random & 1 == 0
    }

    /// Gives an outcome a number, unless there are too many.
    fn count(&mut self, outcome: Outcome) {
        let number = self.pairs.len();
        if number < MOST_OUTCOMES && !self.numbers.contains_key(&outcome) {
            self.numbers.insert(outcome, number);
            self.pairs.push([0; MOST_OUTCOMES / 64]);
        }
    }

    /// How much an outcome would add to this path.
    fn gain(&self, outcome: Outcome) -> u32 {
        let is_new = u32::from(!self.covered.contains(&outcome));
        let Some(number) = self.numbers.get(&outcome) else { return is_new };
        let new = self.current.iter().zip(&self.pairs[*number]).map(|(current, known)| (current & !known).count_ones());
        1_000 * is_new + new.sum::<u32>()
    }

    /// Takes in a path. Whether it showed anything new.
    fn take(&mut self, outcomes: &[Outcome]) -> bool {
        let mut is_new = false;
        let mut all = Set::default();
        for outcome in outcomes {
            is_new |= self.covered.insert(*outcome);
            if let Some(number) = self.numbers.get(outcome) {
                insert(&mut all, *number);
            }
        }
        for number in (0..self.pairs.len()).filter(|number| has(&all, *number)) {
            for (known, more) in self.pairs[number].iter_mut().zip(&all) {
                is_new |= more & !*known != 0;
                *known |= more;
            }
        }
        is_new
    }

    fn has_pair(&self, a: Outcome, b: Outcome) -> bool {
        let numbers = (self.numbers.get(&a), self.numbers.get(&b));
        matches!(numbers, (Some(a), Some(b)) if has(&self.pairs[*a], *b))
    }

    /// The conditions of the ways to all of some outcomes, if they are known: whichever of these are met, the path has
    /// the outcomes.
    fn ways_to(&self, outcomes: &[Outcome]) -> Option<(Vec<Formula>, bool)> {
        let mut are_more = false;
        let mut all = Vec::new();
        for outcome in outcomes {
            let ways = self.ways.get(outcome)?;
            are_more |= ways.are_more;
            all.push(Formula::any(ways.when.iter().cloned()));
        }
        Some((all, are_more))
    }
}

impl Choose for Cover {
    fn prefers_yes(&mut self, yes: Outcome, no: &[Outcome]) -> bool {
        self.branching *= 2.0;
        let toss = self.toss();
        if self.is_random {
            return toss;
        }
        let (for_yes, for_no) = (self.gain(yes), no.iter().map(|no| self.gain(*no)).max().unwrap_or_default());
        if for_yes == for_no { toss } else { for_yes > for_no }
    }

    fn hears(&mut self, outcome: Outcome, when: &dyn Fn() -> Formula, is_steady: bool) {
        self.count(outcome);
        let ways = self.ways.entry(outcome).or_default();
        ways.are_more |= !is_steady;
        ways.heard += 1;
        if ways.heard > MOST_HEARD {
            return;
        }
        if ways.when.len() < MOST_WAYS {
            let when = when();
            if !ways.when.contains(&when) {
                ways.when.push(when);
            }
        } else if !ways.are_more {
            ways.are_more = !ways.when.contains(&when());
        }
    }

    fn takes(&mut self, outcome: Outcome) {
        if let Some(number) = self.numbers.get(&outcome) {
            insert(&mut self.current, *number);
        }
    }
}

/// The search for paths that cover a template.
struct Search<'s, 't> {
    shared: &'s mut Shared<'t>,
    leaf: Leaf<'t>,
    cover: Cover,
    walked: Vec<Walked>,
    /// Steps of all paths at which it ends.
    steps: usize,
    /// What is known before anything is asked, and the work of proving from it that nothing meets a formula.
    start: Known,
    proving: usize,
}

impl Search<'_, '_> {
    fn is_spent(&self) -> bool {
        self.walked.len() >= MOST_PATHS || self.shared.steps > self.steps
    }

    /// Walks a path. Whether it showed anything new.
    fn walk(&mut self, supposed: &[Formula]) -> bool {
        self.cover.current = Set::default();
        self.cover.branching = 1.0;
        let walked = one(self.shared, self.leaf, &mut Script::default(), &mut self.cover, supposed);
        let Some(walked) = walked else { return false };
        let is_new = self.cover.take(&walked.outcomes);
        if is_new {
            self.walked.push(walked);
        }
        is_new
    }

    /// About how many paths there are: what random ones branch, on average.
    fn estimate(&mut self) -> f64 {
        self.cover.is_random = true;
        let (mut sum, mut count) = (0.0, 0.0);
        for _ in 0..SAMPLES {
            if self.is_spent() {
                break;
            }
            self.walk(&[]);
            sum += self.cover.branching;
            count += 1.0;
        }
        self.cover.is_random = false;
        sum / count
    }

    fn greedy(&mut self) {
        let mut idle = 0;
        while idle < MOST_IDLE && !self.is_spent() {
            idle = if self.walk(&[]) { 0 } else { idle + 1 };
        }
    }

    /// Goes after some outcomes at once. Whether they are proven impossible.
    fn seek(&mut self, outcomes: &[Outcome]) -> bool {
        if self.proving > MOST_PROVING {
            return false;
        }
        let Some((ways, are_more)) = self.cover.ways_to(outcomes) else { return false };
        let is_possible = self.start.allows(&Formula::all(ways.iter().cloned()));
        self.proving += 1 + self.start.work();
        if !is_possible {
            return !are_more;
        }
        if !self.is_spent() {
            self.walk(&ways);
            self.start = self.shared.variables.start();
        }
        false
    }

    /// Goes after each outcome that no path has yet, and gives those that none can have.
    fn single(&mut self) -> FxHashSet<Outcome> {
        let mut tried = FxHashSet::default();
        let mut impossible = FxHashSet::default();
        loop {
            let open = self.shared.notes.outcomes().into_iter();
            let open = open.filter(|outcome| !self.cover.covered.contains(outcome) && !tried.contains(outcome));
            let Some(outcome) = open.collect::<Vec<_>>().first().copied() else { return impossible };
            tried.insert(outcome);
            if self.seek(&[outcome]) {
                impossible.insert(outcome);
            }
        }
    }

    /// The same for every two outcomes of different questions.
    fn pairs(&mut self, impossible: &FxHashSet<Outcome>) -> Tally {
        let mut outcomes: Vec<_> = self.cover.numbers.keys().copied().collect();
        outcomes.sort_unstable();
        let mut tally = Tally::default();
        for (at, a) in outcomes.iter().enumerate() {
            for b in outcomes[..at].iter().filter(|b| b.question != a.question) {
                tally.total += 1;
                if self.cover.has_pair(*a, *b) {
                    continue;
                }
                let is_impossible = impossible.contains(a) || impossible.contains(b) || self.seek(&[*a, *b]);
                tally.impossible += usize::from(is_impossible);
            }
        }
        for (at, a) in outcomes.iter().enumerate() {
            let others = outcomes[..at].iter().filter(|b| b.question != a.question);
            tally.covered += others.filter(|b| self.cover.has_pair(*a, **b)).count();
        }
        tally
    }
}

/// Whether a few random paths branch so much that it is hopeless to take all.
pub(super) fn is_hopeless<'t>(shared: &mut Shared<'t>, leaf: Leaf<'t>) -> bool {
    let mut cover = Cover { random: SEED, is_random: true, ..Cover::default() };
    (0..2).all(|_| {
        cover.branching = 1.0;
        one(shared, leaf, &mut Script::default(), &mut cover, &[]);
        cover.branching > HOPELESS
    })
}

/// Covers a template.
pub(super) fn cover<'t>(shared: &mut Shared<'t>, leaf: Leaf<'t>) -> Covered {
    let steps = shared.steps + MOST_STEPS;
    let cover = Cover { random: SEED, ..Cover::default() };
    let mut search = Search { shared, leaf, cover, walked: Vec::new(), steps, start: Known::default(), proving: 0 };
    let possible = search.estimate();
    search.greedy();
    search.start = search.shared.variables.start();
    let impossible = search.single();
    let pairs = search.pairs(&impossible);
    let all = search.shared.notes.outcomes();
    let covered = all.iter().filter(|outcome| search.cover.covered.contains(outcome)).count();
    let branches = Tally { total: all.len(), covered, impossible: impossible.len() };
    Covered { walked: search.walked, impossible, possible, branches, pairs }
}
