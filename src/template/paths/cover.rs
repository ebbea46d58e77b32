//! Some paths of a template that has too many: every outcome of a branch, and every two outcomes that go together.

use rustc_hash::{FxHashMap, FxHashSet};

use super::choose::Choose;
use super::conditions::Formula;
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
const MOST_STEPS: usize = 6_000_000;
/// Outcomes whose pairs are looked at.
const MOST_OUTCOMES: usize = 600;
/// Questions that are asked of the conditions alone.
const MOST_CHECKS: usize = 40_000;
/// Ways to an outcome that are remembered.
const MOST_WAYS: usize = 4;
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
}

/// Two outcomes, the lower first.
type Pair = (Outcome, Outcome);

fn pair(a: Outcome, b: Outcome) -> Pair {
    if a < b { (a, b) } else { (b, a) }
}

/// Chooses what was not shown together yet.
#[derive(Default)]
struct Cover {
    ways: FxHashMap<Outcome, Ways>,
    covered: FxHashSet<Outcome>,
    pairs: FxHashSet<Pair>,
    /// Outcomes of the path that is being walked.
    current: Vec<Outcome>,
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

    /// How much an outcome would add to this path.
    fn gain(&self, outcome: Outcome) -> usize {
        let is_new = usize::from(!self.covered.contains(&outcome));
        let new = self
            .current
            .iter()
            .filter(|other| other.question != outcome.question && !self.pairs.contains(&pair(**other, outcome)));
        1_000 * is_new + new.count()
    }

    /// Takes in a path. Whether it showed anything new.
    fn take(&mut self, outcomes: &[Outcome]) -> bool {
        let mut outcomes = outcomes.to_vec();
        outcomes.sort_unstable();
        outcomes.dedup();
        outcomes.truncate(MOST_OUTCOMES);
        let before = (self.covered.len(), self.pairs.len());
        for (at, outcome) in outcomes.iter().enumerate() {
            self.covered.insert(*outcome);
            let others = outcomes[..at].iter().filter(|other| other.question != outcome.question);
            self.pairs.extend(others.map(|other| pair(*other, *outcome)));
        }
        before != (self.covered.len(), self.pairs.len())
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
        let (for_yes, for_no) = (self.gain(yes), no.iter().map(|no| self.gain(*no)).max().unwrap_or_default());
        let toss = self.toss();
        if self.is_random || for_yes == for_no { toss } else { for_yes > for_no }
    }

    fn hears(&mut self, outcome: Outcome, when: &dyn Fn() -> Formula, is_steady: bool) {
        let ways = self.ways.entry(outcome).or_default();
        ways.are_more |= !is_steady;
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
        self.current.push(outcome);
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
    checks: usize,
}

impl Search<'_, '_> {
    fn is_spent(&self) -> bool {
        self.walked.len() >= MOST_PATHS || self.shared.steps > self.steps
    }

    /// Walks a path. Whether it showed anything new.
    fn walk(&mut self, supposed: &[Formula]) -> bool {
        self.cover.current.clear();
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
        let mut sum = 0.0;
        for _ in 0..SAMPLES {
            self.walk(&[]);
            sum += self.cover.branching;
        }
        self.cover.is_random = false;
        sum / SAMPLES as f64
    }

    fn greedy(&mut self) {
        let mut idle = 0;
        while idle < MOST_IDLE && !self.is_spent() {
            idle = if self.walk(&[]) { 0 } else { idle + 1 };
        }
    }

    /// Goes after some outcomes at once. Whether they are proven impossible.
    fn seek(&mut self, outcomes: &[Outcome]) -> bool {
        let Some((ways, are_more)) = self.cover.ways_to(outcomes) else { return false };
        self.checks += 1;
        if self.is_spent() || self.checks > MOST_CHECKS {
            return false;
        }
        if !self.shared.variables.start().allows(&Formula::all(ways.iter().cloned())) {
            return !are_more;
        }
        self.walk(&ways);
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
    fn pairs(&mut self, outcomes: &[Outcome], impossible: &FxHashSet<Outcome>) -> Tally {
        let mut tally = Tally::default();
        let mut proven = 0;
        for (at, a) in outcomes.iter().enumerate() {
            for b in outcomes[..at].iter().filter(|b| b.question != a.question) {
                tally.total += 1;
                if self.cover.pairs.contains(&pair(*a, *b)) {
                    continue;
                }
                let is_impossible = impossible.contains(a) || impossible.contains(b) || self.seek(&[*a, *b]);
                proven += usize::from(is_impossible);
            }
        }
        let among = |(a, b): &&Pair| outcomes.contains(a) && outcomes.contains(b);
        tally.covered = self.cover.pairs.iter().filter(among).count();
        tally.impossible = proven;
        tally
    }
}

/// Covers a template.
pub(super) fn cover<'t>(shared: &mut Shared<'t>, leaf: Leaf<'t>) -> Covered {
    let steps = shared.steps + MOST_STEPS;
    let cover = Cover { random: 0x9e37_79b9_7f4a_7c15, ..Cover::default() };
    let mut search = Search { shared, leaf, cover, walked: Vec::new(), steps, checks: 0 };
    let possible = search.estimate();
    search.greedy();
    let impossible = search.single();
    let mut outcomes = search.shared.notes.outcomes();
    outcomes.truncate(MOST_OUTCOMES);
    let pairs = search.pairs(&outcomes, &impossible);
    let all = search.shared.notes.outcomes();
    let covered = all.iter().filter(|outcome| search.cover.covered.contains(outcome)).count();
    let branches = Tally { total: all.len(), covered, impossible: impossible.len() };
    Covered { walked: search.walked, impossible, possible, branches, pairs }
}
