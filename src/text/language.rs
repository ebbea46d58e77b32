//! Languages: how they are named, and the small words that tell them apart.

use std::fmt;
use std::str::FromStr;

/// A language by its two letters (ISO 639-1). Regions and scripts make no difference: `de-AT` is German.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language([u8; 2]);

/// The two letters of every language that has them, from ISO 639-1.
const CODES: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo \
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka \
    kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng \
    nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Language {
    /// English, the language of a note that nothing speaks against.
    pub const ENGLISH: Self = Self(*b"en");
    /// German.
    pub const GERMAN: Self = Self(*b"de");
    /// Spanish.
    pub const SPANISH: Self = Self(*b"es");
    /// French.
    pub const FRENCH: Self = Self(*b"fr");

    /// The languages that have phrases and templates of their own, with their names in English.
    pub const BUILT_IN: [(Self, &'static str); 4] =
        [(Self::ENGLISH, "English"), (Self::GERMAN, "German"), (Self::SPANISH, "Spanish"), (Self::FRENCH, "French")];

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("en")
    }

    /// Its name in English, if it has phrases and templates of its own.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        Self::BUILT_IN.iter().find(|(known, _)| *known == self).map(|(_, name)| *name)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Language {
    type Err = String;

    /// Reads a language tag: `de`, `de-AT`, `pt_BR`.
    fn from_str(tag: &str) -> Result<Self, String> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match *primary.as_bytes() {
            [first, second] if CODES.split(' ').any(|code| code == primary) => Ok(Self([first, second])),
            _ => {
                let named = Self::BUILT_IN.iter().find(|(_, name)| name.eq_ignore_ascii_case(tag));
                Err(match named {
                    Some((language, name)) => format!("“{tag}” is not a language tag: write {language} for {name}"),
                    None => format!(
                        "“{tag}” is no language that cordial knows: write en, de, es or fr, or the two letters of \
                         another, as in pt"
                    ),
                })
            }
        }
    }
}

/// How many words of a text belong to each of the [built-in](Language::BUILT_IN) languages: one lane each, so that
/// one addition counts a word for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes(u64);

/// Bits of a lane.
const LANE: usize = 16;

impl Votes {
    /// The votes of a folded word. A word of two languages votes for both; what stands in names of people and places
    /// (`de la Cruz`, `van der Berg`) votes for none.
    #[must_use]
    pub fn of(folded: &str) -> Self {
        let lists = [ENGLISH, GERMAN, SPANISH, FRENCH];
        let lanes = lists.iter().enumerate().filter(|(_, words)| words.binary_search(&folded).is_ok());
        Self(lanes.map(|(lane, _)| 1 << (lane * LANE)).sum())
    }

    /// Which languages have a vote, as one bit each.
    #[must_use]
    pub fn bits(self) -> u32 {
        self.counts().iter().rev().fold(0, |bits, votes| bits << 1 | u32::from(*votes > 0))
    }

    /// Counts another word, [`MOST`](Self::MOST) in all.
    pub fn add(&mut self, other: Self) {
        self.0 += other.0;
    }

    /// So many words can be counted.
    pub const MOST: usize = (1 << LANE) - 1;

    /// The votes for English, German, Spanish and French.
    #[must_use]
    pub fn counts(self) -> [u16; 4] {
        std::array::from_fn(|lane| u16::try_from(self.0 >> (lane * LANE) & 0xFFFF).unwrap_or(u16::MAX))
    }
}

// Function words and what notes are made of, in order. Words that often stand in the names of people, places and
// papers (de, la, der, von, el) are left out.
const ENGLISH: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "best",
    "but",
    "by",
    "can",
    "congrats",
    "congratulations",
    "could",
    "dear",
    "did",
    "do",
    "does",
    "enjoyed",
    "for",
    "from",
    "get",
    "glad",
    "good",
    "great",
    "had",
    "has",
    "have",
    "he",
    "hello",
    "help",
    "her",
    "hey",
    "hi",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "just",
    "know",
    "last",
    "let",
    "like",
    "look",
    "looking",
    "love",
    "may",
    "me",
    "more",
    "much",
    "my",
    "new",
    "next",
    "no",
    "not",
    "of",
    "on",
    "one",
    "only",
    "or",
    "our",
    "out",
    "over",
    "people",
    "please",
    "really",
    "said",
    "saw",
    "see",
    "send",
    "she",
    "should",
    "so",
    "some",
    "soon",
    "sorry",
    "take",
    "talk",
    "team",
    "thank",
    "thanks",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "they",
    "this",
    "through",
    "time",
    "to",
    "too",
    "two",
    "up",
    "us",
    "very",
    "was",
    "we",
    "week",
    "well",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "will",
    "with",
    "work",
    "would",
    "year",
    "you",
    "your",
    "yours",
];

const GERMAN: &[&str] = &[
    "aber",
    "alle",
    "als",
    "also",
    "am",
    "an",
    "auf",
    "aus",
    "bei",
    "beide",
    "beiden",
    "beim",
    "bis",
    "bist",
    "bitte",
    "da",
    "damit",
    "danke",
    "dann",
    "das",
    "dass",
    "dein",
    "deine",
    "deinem",
    "deinen",
    "deiner",
    "deines",
    "dem",
    "den",
    "denn",
    "des",
    "dich",
    "die",
    "diese",
    "diesem",
    "diesen",
    "dieser",
    "dieses",
    "dir",
    "doch",
    "du",
    "durch",
    "ein",
    "eine",
    "einem",
    "einen",
    "einer",
    "eines",
    "einladung",
    "er",
    "es",
    "euch",
    "euer",
    "eure",
    "freue",
    "freuen",
    "fuer",
    "für",
    "ganz",
    "gerade",
    "gern",
    "gerne",
    "gestern",
    "gibt",
    "glückwunsch",
    "gratuliere",
    "gruss",
    "gruß",
    "grüezi",
    "grüße",
    "gut",
    "gute",
    "guten",
    "habe",
    "haben",
    "hallo",
    "hast",
    "hat",
    "hatte",
    "hatten",
    "heute",
    "ich",
    "ihm",
    "ihn",
    "ihnen",
    "ihr",
    "ihre",
    "ihrem",
    "ihren",
    "ihrer",
    "im",
    "immer",
    "in",
    "ins",
    "ist",
    "ja",
    "jetzt",
    "kann",
    "kannst",
    "kein",
    "keine",
    "können",
    "könnte",
    "könnten",
    "leider",
    "letzte",
    "letzten",
    "liebe",
    "lieber",
    "machen",
    "mehr",
    "mein",
    "meine",
    "meinem",
    "meinen",
    "meiner",
    "mich",
    "mir",
    "mit",
    "moechte",
    "moin",
    "möchte",
    "nach",
    "nachricht",
    "neue",
    "neuen",
    "neuer",
    "nicht",
    "nichts",
    "noch",
    "nur",
    "ob",
    "oder",
    "schon",
    "schön",
    "schöne",
    "sehr",
    "sein",
    "seine",
    "seit",
    "servus",
    "sich",
    "sie",
    "sind",
    "so",
    "ueber",
    "um",
    "und",
    "uns",
    "unser",
    "unsere",
    "unserem",
    "unseren",
    "unter",
    "vernetzen",
    "viel",
    "viele",
    "vielen",
    "vielleicht",
    "vom",
    "vor",
    "wann",
    "war",
    "waren",
    "warum",
    "was",
    "weil",
    "wenn",
    "wer",
    "werde",
    "werden",
    "wie",
    "wieder",
    "wir",
    "wird",
    "wo",
    "wollen",
    "wollte",
    "wuerde",
    "würde",
    "würden",
    "zu",
    "zum",
    "zur",
    "zwischen",
    "über",
];

const SPANISH: &[&str] = &[
    "a",
    "ahora",
    "al",
    "algo",
    "aquí",
    "aunque",
    "ayer",
    "añadirte",
    "bien",
    "buen",
    "buena",
    "buenas",
    "buenos",
    "cada",
    "coincidimos",
    "como",
    "con",
    "contactos",
    "cual",
    "cuando",
    "cuenta",
    "cuándo",
    "cómo",
    "desde",
    "donde",
    "dos",
    "dónde",
    "e",
    "ella",
    "ellos",
    "en",
    "enhorabuena",
    "entre",
    "era",
    "eres",
    "es",
    "esa",
    "ese",
    "eso",
    "esta",
    "estaba",
    "estado",
    "estamos",
    "este",
    "estimada",
    "estimado",
    "esto",
    "estos",
    "estoy",
    "estuve",
    "estuvo",
    "está",
    "están",
    "felicidades",
    "fue",
    "fui",
    "gracias",
    "gran",
    "gusta",
    "gustaria",
    "gustaría",
    "gusto",
    "gustó",
    "ha",
    "hace",
    "han",
    "hasta",
    "hay",
    "he",
    "hemos",
    "hola",
    "hoy",
    "invito",
    "les",
    "leí",
    "lo",
    "mas",
    "me",
    "mensaje",
    "mi",
    "mis",
    "muchas",
    "mucho",
    "muchos",
    "muy",
    "más",
    "nada",
    "ni",
    "no",
    "nos",
    "nosotros",
    "nuestra",
    "nuestro",
    "nueva",
    "nuevo",
    "o",
    "otra",
    "otro",
    "para",
    "pero",
    "poder",
    "podriamos",
    "podría",
    "podríamos",
    "por",
    "porque",
    "pregunta",
    "puede",
    "puedes",
    "puedo",
    "pues",
    "que",
    "quería",
    "quiero",
    "quisiera",
    "qué",
    "saber",
    "saludo",
    "saludos",
    "se",
    "según",
    "semana",
    "ser",
    "será",
    "si",
    "sido",
    "siempre",
    "sin",
    "sobre",
    "son",
    "soy",
    "su",
    "sus",
    "sé",
    "sí",
    "tambien",
    "también",
    "te",
    "tengo",
    "ti",
    "tiempo",
    "tiene",
    "tienes",
    "todo",
    "todos",
    "tu",
    "tus",
    "tú",
    "un",
    "una",
    "unas",
    "uno",
    "unos",
    "usted",
    "ustedes",
    "va",
    "vez",
    "vi",
    "vos",
    "y",
    "ya",
    "yo",
];

const FRENCH: &[&str] = &[
    "ai",
    "alors",
    "après",
    "au",
    "aujourd'hui",
    "aussi",
    "autre",
    "aux",
    "avec",
    "avez",
    "avoir",
    "avons",
    "beaucoup",
    "bien",
    "bonjour",
    "bonsoir",
    "bravo",
    "c'",
    "car",
    "ce",
    "cela",
    "ces",
    "cet",
    "cette",
    "cher",
    "chez",
    "chère",
    "comme",
    "comment",
    "coucou",
    "d'",
    "dans",
    "depuis",
    "donc",
    "dont",
    "du",
    "elle",
    "en",
    "encore",
    "entre",
    "est",
    "et",
    "eu",
    "faire",
    "fait",
    "félicitations",
    "hier",
    "il",
    "ils",
    "j'",
    "je",
    "l'",
    "leur",
    "lors",
    "lui",
    "m'",
    "ma",
    "mais",
    "me",
    "merci",
    "mes",
    "moi",
    "moins",
    "mon",
    "même",
    "n'",
    "ne",
    "nos",
    "notre",
    "nous",
    "on",
    "ont",
    "ou",
    "où",
    "par",
    "pas",
    "peu",
    "peut",
    "plaisir",
    "plus",
    "pour",
    "pourquoi",
    "pourrions",
    "pouvez",
    "pouvons",
    "puis",
    "qu'",
    "quand",
    "que",
    "quel",
    "quelle",
    "quelques",
    "qui",
    "quoi",
    "s'",
    "sa",
    "salut",
    "sans",
    "se",
    "semaine",
    "serais",
    "serait",
    "si",
    "son",
    "sont",
    "souhaite",
    "sous",
    "suis",
    "suite",
    "sur",
    "t'",
    "ta",
    "te",
    "tes",
    "toi",
    "ton",
    "toujours",
    "tous",
    "tout",
    "toute",
    "très",
    "tu",
    "un",
    "une",
    "va",
    "vers",
    "voir",
    "vos",
    "votre",
    "voudrais",
    "vous",
    "vu",
    "vus",
    "y",
    "à",
    "étais",
    "était",
    "êtes",
    "être",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        for list in [ENGLISH, GERMAN, SPANISH, FRENCH] {
            assert!(list.is_sorted());
        }
        let codes: Vec<_> = CODES.split(' ').collect();
        assert!(codes.is_sorted() && codes.len() == 183, "{}", codes.len());
    }

    #[test]
    fn a_tag_names_its_language_and_an_unknown_one_says_which_are_known() {
        for (tag, language) in [("de", "de"), ("de-AT", "de"), ("PT_br", "pt"), ("zh-Hant-TW", "zh")] {
            assert_eq!(tag.parse::<Language>().unwrap().as_str(), language);
        }
        for (tag, said) in
            [("tlh", "en, de, es or fr"), ("", "two letters"), ("xx", "as in pt"), ("German", "write de")]
        {
            let error = tag.parse::<Language>().unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn a_word_votes_for_every_language_that_has_it() {
        let mut votes = Votes::default();
        for word in ["ich", "und", "no", "me", "cruz", "la"] {
            votes.add(Votes::of(word));
        }
        assert_eq!(votes.counts(), [2, 2, 2, 1]);
    }
}
