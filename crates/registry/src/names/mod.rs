//! User names, checked with full Unicode tables: one spelling for each name, and no name that passes for another.
//!
//! The normal spelling, and the checks that a form can make, are in `protocol`. A name is looked up by its
//! folded form, so that spellings that differ in case, width, composition or joiners are one account. Its
//! skeleton (UTS #39) is what a reader may mistake it for: no two accounts share one. Scripts do not mix,
//! except Latin with one that does not look like it; joiners are allowed only where UAX #31 allows them.

mod joiners;

use protocol::{INSIDE, JOINERS, NameError, UserName, unicode, user_spelling};
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};
use unicode_security::{MixedScript, skeleton};

/// The most marks on one letter: Vietnamese and Devanagari need two or three; more would overlap the lines around.
const MARKS: usize = 4;
/// Prefix of the names that stand for deleted accounts.
pub const DELETED: &str = "deleted-";

/// A name valid for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name as displayed.
    pub shown: UserName,
    /// The folded form by which it is looked up.
    pub key: String,
    /// The skeleton: what a reader may mistake it for.
    pub skeleton: String,
}

impl Name {
    /// Parses a name typed for a new account.
    pub fn read(typed: &str) -> Result<Self, NameError> {
        let shown = UserName::parse(typed)?;
        let name = shown.as_str();
        if !is_well_formed(name) || !joiners::fit(name) || !scripts_agree(name) {
            return Err(NameError::Character);
        }
        Ok(Self {
            key: key(shown.as_str()),
            skeleton: skeleton_of(shown.as_str()),
            shown,
        })
    }

    /// Whether the name is reserved for deleted accounts.
    pub fn is_reserved(&self) -> bool {
        self.key.starts_with(DELETED)
    }
}

/// Returns the folded form by which a name is looked up; the name need not be valid.
pub fn key(name: &str) -> String {
    // The Katakana middle dot is often typed instead of the middle dot.
    unicode::fold(&seen(name).replace('\u{30fb}', "·"))
}

/// Returns the skeleton of a name (UTS #39), folded.
pub fn skeleton_of(name: &str) -> String {
    unicode::fold(&skeleton(&seen(name)).collect::<String>())
}

/// The normal spelling of a name without its joiners, which many keyboards lack.
fn seen(name: &str) -> String {
    user_spelling(name).replace(JOINERS, "")
}

/// Whether a name consists of letters and digits with a few marks each, and punctuation in between.
fn is_well_formed(name: &str) -> bool {
    let mut marks = MARKS;
    name.chars().all(|c| {
        marks = match c {
            c if JOINERS.contains(&c) => return true,
            c if is_combining_mark(c) => marks + 1,
            _ => 0,
        };
        marks <= MARKS && (c.is_alphanumeric() || marks > 0 || " ._-'".contains(c) || INSIDE.contains(c))
    }) && name.chars().any(char::is_alphanumeric)
}

fn scripts_agree(name: &str) -> bool {
    if name.is_single_script() {
        return true;
    }
    let others: String = name.chars().filter(|c| c.script() != Script::Latin).collect();
    let looks_latin = |c: char| matches!(c.script(), Script::Cyrillic | Script::Greek | Script::Cherokee);
    others.as_str().is_single_script() && !others.chars().any(looks_latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Name {
        Name::read(typed).unwrap_or_else(|error| panic!("{typed}: {error}"))
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (one, other) in [
            ("Ann", "ANN"),
            ("José", "Jose\u{301}"),
            ("Ａｎｎ", "ann"),
            ("Straße", "STRASSE"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("Ann  Lee", " ann lee "),
            ("Ann\u{a0}Lee", "ann lee"),
            ("O’Brien", "o'brien"),
            ("STRAẞE", "straße"),
            ("İlker", "ilker"),
            ("علی\u{200c}رضا", "علیرضا"),
            ("ශ්\u{200d}රියානි", "ශ්රියානි"),
            ("ジョン・スミス", "ジョン·スミス"),
        ] {
            assert_eq!(read(one).key, read(other).key, "{one} {other}");
        }
        assert_ne!(read("Ann").key, read("Anna").key);
    }

    #[test]
    fn names_of_every_script_are_accepted_in_normal_form() {
        for name in [
            "王 小明",
            "ひらがなと漢字",
            "हिन्दी",
            "ไก่ต้ม",
            "தமிழ்",
            "Đặng Văn",
            "محمد",
            "Иван",
            "Γιώργος",
            "한국어",
            "Ann 王",
            "O'Brien",
            "user_1.b-c",
            "阿依古丽·买买提",
            "علی\u{200c}رضا",
            "ශ්\u{200d}රියානි",
            "ジョン・スミス",
            "ג׳ון",
        ] {
            assert_eq!(read(name).shown.as_str(), name);
        }
        for (typed, shown) in [
            ("Jose\u{301}", "José"),
            ("O’Brien", "O'Brien"),
            ("王　小明", "王 小明"),
            ("Ann\u{a0}Lee", "Ann Lee"),
        ] {
            assert_eq!(read(typed).shown.as_str(), shown);
        }
    }

    #[test]
    fn names_that_look_alike_share_a_skeleton() {
        for (one, other) in [
            ("paul", "pau1"),
            ("paul", "pauI"),
            ("Ann", "Аnn"),
            ("boо", "boo"),
            ("О1", "ol"),
            ("买\u{2022}提", "买·提"),
            ("O`Brien", "O′Brien"),
            ("علی\u{200c}رضا", "علیرضا"),
        ] {
            assert_eq!(skeleton_of(one), skeleton_of(other), "{one} {other}");
        }
        assert_ne!(read("Ann").skeleton, read("Anna").skeleton);
    }

    #[test]
    fn confusable_scripts_and_stacked_marks_are_refused() {
        for name in [
            "Аnn", // a Cyrillic A
            "Ann Иван",
            "paυl", // a Greek u
            "A\u{200d}nn",
            "\u{202e}Ann",
            "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
            "\u{301}a",
            "...",
            "<b>",
            "𝓐nn ✨",
            "·Ann",
            "Ann·",
            "Ann··Lee",
            "علی\u{200c} رضا", // nothing to join
            "رضا\u{200c}",
            "王\u{200c}明",
            "ශ\u{200d}රි", // no virama before it
            "é\u{200d}n",
        ] {
            assert!(Name::read(name).is_err(), "{name}");
        }
    }
}
