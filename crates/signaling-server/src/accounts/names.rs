//! User names, as strictly as Unicode's tables allow: one spelling of each, and none that passes for another.
//!
//! A name is normalised (NFKC) and found by its folded form, so that spellings that differ in case, width or composition
//! are one account. Its skeleton (UTS #39) is what an eye may take it for: no two accounts have the same. Scripts do not
//! mix, but for Latin with one that does not look like it.

use protocol::{NameError, UserName};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};
use unicode_security::{MixedScript, skeleton};

/// Marks that one letter may carry: Vietnamese and Devanagari need two or three, more climb over the lines around.
const MARKS: usize = 4;
/// How names begin that stand for accounts which are no more.
pub const DELETED: &str = "deleted-";

/// A name that an account may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As it is shown.
    pub shown: UserName,
    /// What it is found by.
    pub key: String,
    /// What an eye may take it for.
    pub skeleton: String,
}

impl Name {
    /// Reads a name as typed for a new account.
    pub fn read(typed: &str) -> Result<Self, NameError> {
        let normal: String = typed.nfkc().collect();
        let words: Vec<&str> = normal.split(' ').filter(|word| !word.is_empty()).collect();
        let shown = UserName::parse(&words.join(" "))?;
        if !is_well_formed(shown.as_str()) || !scripts_agree(shown.as_str()) {
            return Err(NameError::Character);
        }
        Ok(Self {
            key: key(shown.as_str()),
            skeleton: skeleton_of(shown.as_str()),
            shown,
        })
    }

    /// Whether it is kept for accounts that are no more.
    pub fn is_reserved(&self) -> bool {
        self.key.starts_with(DELETED)
    }
}

/// What a name is found by, whatever it is.
pub fn key(name: &str) -> String {
    let normal: String = name.trim().nfkc().collect();
    let words: Vec<&str> = normal.split_whitespace().collect();
    fold(&words.join(" "))
}

/// What an eye may take a name for.
pub fn skeleton_of(name: &str) -> String {
    let normal: String = name.nfkc().collect();
    fold(&skeleton(&normal).collect::<String>())
}

/// Case folding: by way of upper case, so that ß is ss and every sigma is one.
fn fold(text: &str) -> String {
    text.to_uppercase().to_lowercase().nfkc().collect()
}

/// Letters and digits with a few marks each, and punctuation between.
fn is_well_formed(name: &str) -> bool {
    let mut marks = MARKS;
    name.chars().all(|c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks <= MARKS && (c.is_alphanumeric() || marks > 0 || " ._-'".contains(c))
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
    fn spellings_of_one_name_are_one_account() {
        for (one, other) in [
            ("Ann", "ANN"),
            ("José", "Jose\u{301}"),
            ("Ａｎｎ", "ann"),
            ("Straße", "STRASSE"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("Ann  Lee", " ann lee "),
        ] {
            assert_eq!(read(one).key, read(other).key, "{one} {other}");
        }
        assert_ne!(read("Ann").key, read("Anna").key);
    }

    #[test]
    fn names_of_every_script_are_taken_and_shown_in_one_normal_form() {
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
        ] {
            assert_eq!(read(name).shown.as_str(), name);
        }
        assert_eq!(read("Jose\u{301}").shown.as_str(), "José");
    }

    #[test]
    fn a_name_that_looks_like_another_has_its_skeleton() {
        for (one, other) in [
            ("paul", "pau1"),
            ("paul", "pauI"),
            ("Ann", "Аnn"),
            ("boо", "boo"),
            ("О1", "ol"),
        ] {
            assert_eq!(skeleton_of(one), skeleton_of(other), "{one} {other}");
        }
        assert_ne!(read("Ann").skeleton, read("Anna").skeleton);
    }

    #[test]
    fn scripts_that_look_alike_do_not_mix_and_nothing_is_unseen_or_piled_up() {
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
        ] {
            assert!(Name::read(name).is_err(), "{name}");
        }
    }
}
