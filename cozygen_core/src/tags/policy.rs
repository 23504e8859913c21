//! Which tags are never suggested, and which are hidden until asked for.
//!
//! The lists are part of the product and documented in `docs/tags.md`.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::normal::words;

/// What a word says, as bits.
const BLOCKED: u8 = 1;
const CHILD: u8 = 2;
const EXPLICIT: u8 = 4;

static SIGNS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut signs = HashMap::new();
    for (words, sign) in
        [(BLOCKED_WORDS, BLOCKED), (CHILD_WORDS, CHILD), (EXPLICIT_WORDS, EXPLICIT)]
    {
        for word in words {
            *signs.entry(*word).or_insert(0) |= sign;
        }
    }
    signs
});

/// Words that sexualise minors: a name or alias with one of them is never loaded.
const BLOCKED_WORDS: &[&str] = &[
    "loli",
    "lolis",
    "lolicon",
    "lolicons",
    "lolidom",
    "shota",
    "shotas",
    "shotacon",
    "shotacons",
    "shotadom",
    "toddlercon",
    "babycon",
    "jailbait",
    "pedo",
    "pedos",
    "pedophile",
    "pedophiles",
    "pedophilia",
    "paedophilia",
    "lolibooru",
    "kodocon",
];

/// The same in other scripts, found anywhere in a text in normal form.
const BLOCKED_INSIDE: &[&str] =
    &["ロリコン", "ショタコン", "ロリ", "ショタ", "萝莉", "正太", "로리", "쇼타"];

/// Fashion terms that merely look alike.
const ALLOWED_INSIDE: &[&str] =
    &["ロリータ", "ロリィタ", "ゴスロリ", "甘ロリ", "和ロリ", "クロロリ"];

/// Young people; such a tag is blocked when it is also explicit.
const CHILD_WORDS: &[&str] = &[
    "child",
    "children",
    "kid",
    "kids",
    "toddler",
    "toddlers",
    "baby",
    "babies",
    "infant",
    "infants",
    "minor",
    "minors",
    "underage",
    "preteen",
    "schoolchild",
    "kindergarten",
    "elementary",
    "cub",
    "cubs",
    "young",
];

/// A tag with one of these words is explicit, and so is every tag that implies it.
const EXPLICIT_WORDS: &[&str] = &[
    "aftersex",
    "ahegao",
    "anal",
    "anilingus",
    "anus",
    "areola",
    "areolae",
    "areolas",
    "autofellatio",
    "ballbusting",
    "bdsm",
    "bestiality",
    "blowjob",
    "bottomless",
    "bukkake",
    "buttplug",
    "buttjob",
    "cervix",
    "clitoral",
    "clitoris",
    "cloaca",
    "cock",
    "cocks",
    "condom",
    "condoms",
    "creampie",
    "cum",
    "cumdrip",
    "cumdump",
    "cumshot",
    "cunnilingus",
    "cunt",
    "deepthroat",
    "defloration",
    "dick",
    "dicks",
    "dildo",
    "dildos",
    "doggystyle",
    "ejaculation",
    "erection",
    "erections",
    "exhibitionism",
    "facefuck",
    "facesitting",
    "fellatio",
    "femdom",
    "fingering",
    "fisting",
    "footjob",
    "foreskin",
    "frottage",
    "fuck",
    "fucked",
    "fucking",
    "fucks",
    "futa",
    "futanari",
    "gangbang",
    "genital",
    "genitals",
    "glans",
    "gloryhole",
    "gokkun",
    "guro",
    "handjob",
    "hentai",
    "humping",
    "incest",
    "intercourse",
    "irrumatio",
    "lactation",
    "labia",
    "maebari",
    "masturbate",
    "masturbating",
    "masturbation",
    "missionary",
    "molestation",
    "naizuri",
    "naked",
    "netorare",
    "nipple",
    "nipples",
    "nude",
    "nudist",
    "nudity",
    "nyotaimori",
    "onahole",
    "oral",
    "orgasm",
    "orgy",
    "paizuri",
    "pegging",
    "penetration",
    "penile",
    "penis",
    "penises",
    "porn",
    "pornographic",
    "precum",
    "prostitution",
    "pubes",
    "pubic",
    "pussies",
    "pussy",
    "pussyjuice",
    "rape",
    "raped",
    "rimjob",
    "rimming",
    "scat",
    "semen",
    "sex",
    "sexual",
    "sodomy",
    "spanked",
    "spitroast",
    "squirting",
    "strapon",
    "testicle",
    "testicles",
    "testicular",
    "thighsex",
    "threesome",
    "topless",
    "tribadism",
    "urethra",
    "urethral",
    "vagina",
    "vaginal",
    "viagra",
    "vibrator",
    "vibrators",
    "vore",
    "voyeurism",
    "vulva",
    "yiff",
    "zoophilia",
    "mating",
    "knotting",
    "knotted",
    "grope",
    "groping",
    "cameltoe",
    "uncensored",
    "bondage",
    "urination",
    "peeing",
    "pee",
    "urine",
    "piss",
];

/// Names that a word of the list would hide although they are harmless.
const NOT_EXPLICIT: &[&str] = &[
    "oral_fixation",
    "sexual_dimorphism",
    "dick_dastardly",
    "moby_dick",
    "naked_snake",
    "philip_k._dick",
    "dick_figures",
    "dick_grayson",
    "cock-a-doodle-doo",
    "sex_pistols",
    "naked_gun",
    "same-sex_marriage",
];

/// What the words of a text (in normal form) say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs {
    /// The name itself says that the tag is explicit.
    pub explicit: bool,
    blocked: bool,
    child: bool,
}

impl Signs {
    /// Read `text`, which is in normal form.
    pub fn of(text: &str) -> Self {
        let mut all = 0;
        for word in words(text) {
            all |= SIGNS.get(word).copied().unwrap_or(0);
        }
        let ascii = text.is_ascii();
        Self {
            explicit: all & EXPLICIT != 0 && !NOT_EXPLICIT.contains(&text),
            blocked: if ascii { all & BLOCKED != 0 } else { is_blocked_script(text) },
            child: ascii && all & CHILD != 0,
        }
    }

    /// Is a tag with such a name never loaded, given whether it is `explicit`?
    pub fn block(self, explicit: bool) -> bool {
        self.blocked || explicit && self.child
    }
}

fn is_blocked_script(text: &str) -> bool {
    BLOCKED_INSIDE.iter().any(|bad| text.contains(bad))
        && !ALLOWED_INSIDE.iter().any(|fine| text.contains(fine))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_blocked(text: &str, explicit: bool) -> bool {
        Signs::of(text).block(explicit)
    }

    fn is_explicit(name: &str) -> bool {
        Signs::of(name).explicit
    }

    #[test]
    fn what_sexualises_minors_is_blocked() {
        for name in ["loli", "shota", "straight_shota", "oppai_loli", "toddlercon", "ロリ"] {
            assert!(is_blocked(name, false), "{name}");
        }
        assert!(is_blocked("child_nude", true));
    }

    #[test]
    fn fashion_and_family_are_not() {
        for name in ["lolita_fashion", "gothic_lolita", "child", "mother_and_child", "ゴスロリ"]
        {
            assert!(!is_blocked(name, is_explicit(name)), "{name}");
        }
    }

    #[test]
    fn explicit_is_a_whole_word() {
        assert!(
            is_explicit("nude") && is_explicit("completely_nude") && is_explicit("pussy_juice")
        );
        for name in ["cocktail_dress", "sussex", "cucumber", "analog_clock", "grape", "moby_dick"] {
            assert!(!is_explicit(name), "{name}");
        }
    }
}
