//! The checklist: what earns points and what costs them, and where that is from. docs/score.md shows this table.

use super::super::readiness::SharedContext;
use crate::diagnostic::Level;

/// A line of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// What it is about: a feature, a rule's id, or a pack.
    pub what: &'static str,
    /// What it adds, or takes off.
    pub points: i32,
    /// Where the weight is from.
    pub source: &'static str,
}

const fn weight(what: &'static str, points: i32, source: &'static str) -> Weight {
    Weight { what, points, source }
}

/// What every note begins with.
pub const BASE: Weight = weight("to begin with", 45, "so that a faultless note with nothing in it is in the middle");

/// A note whose gate is closed has at most this.
pub const GATED: Weight = weight("at most, where a gate is closed", 15, "a fault for which it must not go");

/// What shared context adds.
pub const SHARED: &[(SharedContext, Weight)] = &[
    (SharedContext::Used, weight("it uses what you know of them", 35, BOTS)),
    (SharedContext::Strong, weight("it says what you share", 35, BOTS)),
    (SharedContext::Some, weight("it has words that are for them", 18, SOUPS)),
    (SharedContext::None, weight("nothing in it is for this reader", 0, SOUPS)),
];

const BOTS: &str =
    "strangers' requests accepted: 19 % alone, 59 % with a mutual friend (Boshmaf et al., not randomised)";
const SOUPS: &str = "what people say decides: knowing each other, shared interests (Rashtian et al. 2014, 397 answers)";

/// Points by length, in UTF-16 units: up to so many characters. An invitation that fits counts as short.
pub const LENGTH: &[(usize, Weight)] = &[
    (400, weight("it is short", 4, INMAIL)),
    (800, weight("it is of middle length", 0, INMAIL)),
    (1200, weight("it is long", -4, INMAIL)),
    (usize::MAX, weight("it is very long", -8, INMAIL)),
];

const INMAIL: &str =
    "replies to InMail against the mean: +22, +3, -6 and -11 % (LinkedIn 2022); nothing is known of invitations";

/// Courtesies, and a reason or something for the reader. All are read off English words.
pub const GREETING: Weight = weight("it greets", 2, POLITE);
/// Thanks for something.
pub const THANKS: Weight = weight("it thanks", 4, POLITE);
/// A request with could or would.
pub const ASKS: Weight = weight("it asks with “could you” or “would you”", 2, POLITE);
/// Why the writer writes.
pub const REASON: Weight = weight("it gives a reason", 4, "compliance with small favours (Langer 1978); weak");
/// A question, or an offer.
pub const OFFER: Weight = weight("it has a question or an offer for them", 4, "starting advice; weak");

const POLITE: &str = "perceived politeness of requests (Danescu-Niculescu-Mizil et al. 2013); not acceptance";

/// What a finding takes off when its rule is not in [`RULES`].
pub const LEVELS: &[(Level, i32)] = &[(Level::Error, -20), (Level::Warning, -8), (Level::Suggestion, -4)];

/// What the findings of a pack take off together, at most.
pub const PACKS: &[Weight] = &[
    weight("generic", -25, "blank notes did as well as stock ones: the studies contradict each other"),
    weight("spam", -45, "spam filters: it is the accumulation, not the single word (SpamAssassin)"),
    weight("pushy", -40, "reactance (Ma et al., 35 studies); disliked phrases (Adobe 2018)"),
    weight("context", -12, "what is missing is counted above"),
    weight("self-focus", -12, "the count of “I” tells nothing (Carey et al. 2015)"),
    weight("etiquette", -30, "norms"),
    weight("structure", -8, "no outcome has been measured"),
];

/// What the findings of any other pack take off together, at most.
pub const OTHER_PACK: i32 = -30;

/// Rules that weigh more or less than their level says.
pub const RULES: &[Weight] = &[
    weight("pushy/calls-out-no-reply", -25, "Adobe 2018; reactance; starting advice"),
    weight("pushy/guilt-trip", -25, "reactance; starting advice"),
    weight("pushy/breakup-ultimatum", -12, "reactance"),
    weight("pushy/you-accusation", -12, "second-person start: -0.30 politeness"),
    weight("pushy/thanks-in-advance", 0, "evidence conflicts and depends on the place"),
    weight(
        "spam/pitch-in-invite",
        -20,
        "practitioners agree; a note about the sender: 7 of 25 accepted, 23 of 25 without",
    ),
    weight("spam/family-density", -25, "accumulation (SpamAssassin)"),
    weight("etiquette/appearance-comment", -30, "norm"),
    weight("context/no-shared-context", 0, "counted above"),
    weight("context/given-context-unused", 0, "counted above"),
    weight("generic/hope-finds-you-well", 0, NO_DATA),
    weight("generic/ai-stock-phrases", 0, NO_DATA),
    weight("generic/quick-question-opener", 0, NO_DATA),
    weight("generic/wanted-to-reach-out", 0, NO_DATA),
    weight("generic/one-click-congrats", 0, NO_DATA),
    weight("etiquette/apology-pileup", 0, "one apology: +0.36 politeness"),
    weight("etiquette/self-deprecation", 0, NO_DATA),
    weight("etiquette/stiff-register", 0, NO_DATA),
    weight("etiquette/textspeak", 0, NO_DATA),
    weight("structure/emoji-overuse", 0, "costs competence, gains warmth (847 people)"),
    weight("structure/hashtags", 0, NO_DATA),
    weight("structure/long-sentence", 0, NO_DATA),
    weight("structure/near-limit", 0, NO_DATA),
    weight("structure/too-short", 0, NO_DATA),
    weight("structure/wall-of-text", 0, NO_DATA),
    weight("structure/message-too-long", 0, "counted above"),
];

const NO_DATA: &str = "no outcome has been measured";

/// What the findings of a rule take off.
pub(super) fn of_rule(id: &str, level: Level) -> i32 {
    let listed = RULES.iter().find(|weight| weight.what == id).map(|weight| weight.points);
    listed.unwrap_or_else(|| LEVELS.iter().find(|(of, _)| *of == level).map_or(0, |(_, points)| *points))
}

/// What the findings of a pack take off at most.
pub(super) fn cap(pack: &str) -> i32 {
    PACKS.iter().find(|weight| weight.what == pack).map_or(OTHER_PACK, |weight| weight.points)
}
