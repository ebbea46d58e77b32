//! Words that tell little: function words, the words for kinds of facts, and what every note says.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::memo::Memo;

/// Whether a word is among the 5,000 commonest of English, or a form of one. NOTICE says where the list is from.
pub(crate) fn is_common(folded: &str) -> bool {
    thread_local!(static COMMON: RefCell<Memo<bool>> = RefCell::default());
    COMMON.with_borrow_mut(|common| common.get(folded, || is_form_of_a_common_word(folded)))
}

/// The list holds basic forms: those of a plural, past tense or gerund are tried too.
fn is_form_of_a_common_word(folded: &str) -> bool {
    let trimmed = |ending: &str| {
        folded.strip_suffix(ending).is_some_and(|word| {
            let mut chars = word.chars().rev();
            let doubled = chars.next() == chars.next();
            is_listed(word)
                || is_listed(&format!("{word}e"))
                || (doubled && is_listed(&word[..word.len().saturating_sub(1)]))
        })
    };
    is_listed(folded) || ["s", "es", "ed", "ing", "er", "ers", "ly"].iter().any(|ending| trimmed(ending))
}

/// Whether a word has a line of the sorted list, which is searched as it stands: to take it apart would cost the first
/// note a tenth of a millisecond.
fn is_listed(word: &str) -> bool {
    let list = include_str!("common_words.txt");
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = list.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let length = list.as_bytes()[start..].iter().position(|byte| *byte == b'\n').unwrap_or(list.len() - start);
        match list[start..start + length].cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => low = start + length + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}

/// Whether a word only holds a sentence together.
pub(crate) fn is_stop(folded: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&str>> = OnceLock::new();
    WORDS.get_or_init(|| STOP.iter().copied().collect()).contains(folded)
}

/// Words that never show a fact: function words, the words for kinds of facts, and what every note says.
pub(crate) fn is_weak(folded: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| [STOP, KINDS, GENERAL].concat().into_iter().collect());
    folded.chars().nth(1).is_none() || words.contains(folded)
}

/// Whether a word stands in notes to anybody, although it may not be among the commonest of English.
pub(crate) fn is_ordinary(folded: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&str>> = OnceLock::new();
    // The list first: a set that knows how many come is made in one go.
    let words = || ORDINARY.split_whitespace().collect::<Vec<_>>().into_iter().collect();
    is_weak(folded) || WORDS.get_or_init(words).contains(folded)
}

/// What people write to anybody: courtesies, praise, talk of work and selling, days, months, numbers, job titles.
const ORDINARY: &str = "\
    hiya howdy greetings regards sincerely cheers bye okay ok yeah yep nope hmm oh wow congrats congratulations kudos \
    thanking thankful grateful gratefully appreciative apologies apologize apologise apology sorry pardon excuse dear \
    sir madam ma'am folks guys buddy mate friend lol haha fyi asap ps btw pls plz thx \
    impressed impressive impress inspired inspiring inspire inspiration inspirational amazing awesome incredible \
    fantastic fascinating fascinated stellar outstanding exceptional remarkable admirable admire admired admiration \
    insightful insight insights brilliant thrilled delighted honored honoured humble humbled privilege passionate \
    passion enthusiastic enthusiasm eager keen curious curiosity thoughtful genuine genuinely sincere honest honestly \
    polite kindly warm warmly cordially respectfully respect \
    connecting connections reconnect networking networker outreach inbox dm inmail follower followers hashtag \
    introduce introduced introducing introduction intro acquaintance acquaintances mutually colleague coworker \
    coworkers teammate teammates peer peers stakeholder stakeholders mentor mentors mentorship mentoring mentee \
    synergy synergies synergistic collaborate collaborating collaboration collaborations collaborative partnership \
    partnerships leverage leveraging streamline streamlined scale scaling scalable optimize optimise optimizing \
    optimising revenue roi kpi kpis crm seo saas b2b b2c ecommerce leads funnel funnels pipeline pipelines churn \
    conversion conversions onboarding retention engagement upsell webinar webinars newsletter newsletters demo demos \
    pitch pitching pitched offering offerings discount discounts discounted freebie giveaway ebook whitepaper brochure \
    freelancer freelancers freelance entrepreneur entrepreneurs entrepreneurial entrepreneurship startup startups \
    founder founders cofounder ceo cto cfo coo cmo cio vp svp evp hr pr it ai ml ui ux qa cv mba phd bsc msc recruiter \
    recruiters recruiting recruitment hiring hire hired headhunter talent candidate candidates resume internship intern \
    fresher freshers onsite remote hybrid salary stakeholding professional professionals professionally expertise \
    seasoned experienced skillset headline headlines trajectory journey achievements accomplishments accomplished \
    succeed successful successfully strategic strategically strategy strategies innovative innovate innovation \
    disrupt disruptive transformative transform transforming transformation cutting edge groundbreaking empower \
    empowering empowered unlock unlocking elevate boost boosting skyrocket accelerate seamless seamlessly tailored \
    bespoke hassle effortless effortlessly guaranteed proven limited exclusive urgent urgently opportunities outcomes \
    touching pinging bumping bump circling nudge reminder reminders silence silent ignored ignore ignoring unanswered \
    awaiting respond responded responding response responses forgotten forgot disappointed disappointing disappointment \
    bother bothering bothered annoy annoying pushy persistent chasing chase follow ups \
    scroll scrolling scrolled stumbled stumble browsing spotted noticed noticing popped \
    whoever whatever whichever whenever wherever somebody someone anybody anyone everybody everyone nobody somehow \
    sometime sometimes someday anyway besides maybe perhaps truly absolutely definitely certainly totally literally \
    basically hopefully unfortunately luckily obviously exactly personally specifically \
    one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand \
    million dozen dozens once twice couple handful \
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays \
    sundays january february march april may june july august september october november december mon tue wed thu fri \
    sat sun jan feb mar apr jun jul aug sep sept oct nov dec christmas easter morning mornings afternoon afternoons \
    evening evenings tonight tomorrow noon midday lunchtime weekend weekends fortnight calendar calendars \
    english german spanish french dutch italian european american british \
    mr mrs ms mx dr prof zoom teams skype whatsapp telegram gmail google facebook instagram twitter youtube";

const STOP: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "always", "am", "an", "and", "another", "any", "are", "as", "at",
    "be", "because", "been", "before", "being", "both", "but", "by", "can", "could", "did", "do", "does", "during",
    "each", "else", "even", "ever", "every", "few", "for", "from", "had", "has", "have", "having", "he", "her", "here",
    "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "last", "less", "like", "many",
    "may", "me", "might", "mine", "more", "most", "much", "must", "my", "near", "never", "next", "no", "not", "now",
    "of", "off", "often", "on", "once", "only", "or", "other", "our", "ours", "out", "over", "own", "same", "shall",
    "she", "should", "since", "so", "some", "still", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "upon", "us", "very", "was",
    "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "without",
    "would", "yet", "you", "your", "yours", "'s", "'d",
];

const KINDS: &[&str] = &[
    "application",
    "article",
    "articles",
    "blog",
    "chat",
    "class",
    "colleague",
    "colleagues",
    "comment",
    "comments",
    "community",
    "company",
    "conference",
    "conversation",
    "course",
    "employer",
    "event",
    "events",
    "friend",
    "group",
    "job",
    "keynote",
    "linkedin",
    "meeting",
    "meetup",
    "message",
    "messages",
    "mutual",
    "news",
    "note",
    "notes",
    "panel",
    "paper",
    "person",
    "piece",
    "place",
    "podcast",
    "position",
    "post",
    "posts",
    "presentation",
    "profile",
    "project",
    "projects",
    "role",
    "roles",
    "school",
    "session",
    "slides",
    "speech",
    "talk",
    "talks",
    "team",
    "thread",
    "university",
    "vacancy",
    "video",
    "webinar",
    "work",
    "workshop",
];

const GENERAL: &[&str] = &[
    "add",
    "answer",
    "ask",
    "asked",
    "asks",
    "attend",
    "attended",
    "best",
    "better",
    "big",
    "book",
    "build",
    "built",
    "business",
    "businesses",
    "call",
    "came",
    "change",
    "client",
    "clients",
    "come",
    "connect",
    "connected",
    "current",
    "customer",
    "customers",
    "day",
    "days",
    "different",
    "director",
    "easy",
    "email",
    "enjoy",
    "enjoyed",
    "excited",
    "expert",
    "family",
    "field",
    "find",
    "first",
    "forward",
    "found",
    "full",
    "gave",
    "get",
    "give",
    "glad",
    "go",
    "good",
    "got",
    "great",
    "grow",
    "growing",
    "growth",
    "happy",
    "hard",
    "hear",
    "heard",
    "hello",
    "help",
    "helped",
    "helps",
    "hi",
    "hope",
    "idea",
    "ideas",
    "industry",
    "interest",
    "interested",
    "interesting",
    "invite",
    "invited",
    "know",
    "lead",
    "learn",
    "let",
    "life",
    "little",
    "long",
    "look",
    "looking",
    "lot",
    "love",
    "loved",
    "made",
    "make",
    "makes",
    "market",
    "meet",
    "met",
    "month",
    "months",
    "need",
    "needs",
    "network",
    "new",
    "nice",
    "old",
    "one",
    "open",
    "opportunity",
    "people",
    "please",
    "product",
    "products",
    "question",
    "questions",
    "quick",
    "read",
    "reading",
    "recent",
    "recently",
    "reply",
    "right",
    "said",
    "saw",
    "say",
    "says",
    "see",
    "seen",
    "send",
    "sender",
    "sent",
    "service",
    "services",
    "several",
    "share",
    "shared",
    "show",
    "small",
    "software",
    "solution",
    "solutions",
    "something",
    "spoke",
    "start",
    "started",
    "take",
    "talked",
    "talking",
    "tell",
    "thank",
    "thanks",
    "thing",
    "things",
    "think",
    "time",
    "times",
    "today",
    "together",
    "told",
    "took",
    "tool",
    "tools",
    "try",
    "two",
    "use",
    "used",
    "uses",
    "using",
    "value",
    "want",
    "wanted",
    "way",
    "week",
    "weeks",
    "well",
    "went",
    "worked",
    "working",
    "works",
    "world",
    "write",
    "writes",
    "writing",
    "wrote",
    "year",
    "years",
    "yesterday",
];
