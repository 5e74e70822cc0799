//! Names of users and rooms.

pub(crate) mod characters;
mod spelling;

use serde::{Deserialize, Serialize};

pub use spelling::of_user as user_spelling;

use crate::limits::{ROOM_NAME_CHARS, USER_NAME_CHARS};

/// Length of a typed name, in bytes, above which it is always too long: normalization shrinks a name by a factor
/// of four at most, and a character has at most 4 bytes.
const TYPED_BYTES: usize = 4 * 4 * ROOM_NAME_CHARS;

/// Why a text is not a valid name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing is left after trimming.
    #[error("the name is empty")]
    Empty,
    /// More characters than the limit.
    #[error("the name is too long")]
    TooLong,
    /// It contains a disallowed character.
    #[error("the name contains a disallowed character")]
    Character,
}

/// A user's name: 1 to [`USER_NAME_CHARS`] characters: letters and digits of any script with their marks, ` ._-'`, and
/// between them a middle dot, the other punctuation that UAX #31 allows there, and the joiners that some scripts need.
///
/// Stored in its [normal spelling](user_spelling). Only what can be checked without Unicode tables is checked
/// here, so that a form can validate at once; the server is stricter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserName(String);

/// A room's name: 1 to [`ROOM_NAME_CHARS`] characters: letters and digits of any script with their marks, `-` and `_`.
///
/// Stored in a normal form, the same for all spellings that look alike: NFKC, case folded, one separator in
/// place of several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoomName(String);

impl UserName {
    /// Parses a name as typed; drops white space around it.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = read(text, USER_NAME_CHARS, spelling::of_user)?;
        if characters::fit_user_name(&name) {
            Ok(Self(name))
        } else {
            Err(NameError::Character)
        }
    }

    /// Wraps a stored name without checking it: it was checked when stored, perhaps by older rules.
    pub fn kept(text: String) -> Self {
        Self(text)
    }

    /// Returns the name as its user writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RoomName {
    /// Parses a name from input, a link or storage; drops white space around it and replaces spaces inside by `-`.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = read(text, ROOM_NAME_CHARS, spelling::of_room)?;
        if characters::fit_room_name(&name) {
            Ok(Self(name))
        } else {
            Err(NameError::Character)
        }
    }

    /// Returns the name as in the room's URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for UserName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for RoomName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the normal spelling of a typed name, if its length is within the limit.
fn read(text: &str, most: usize, spell: impl Fn(&str) -> String) -> Result<String, NameError> {
    let text = text.trim();
    if text.len() > TYPED_BYTES {
        return Err(NameError::TooLong);
    }
    let name = spell(text);
    match name.chars().count() {
        0 => Err(NameError::Empty),
        count if count > most => Err(NameError::TooLong),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_name_keeps_its_script_and_is_trimmed() {
        assert_eq!(
            UserName::parse("  王 小明 ").map(|n| n.to_string()),
            Ok("王 小明".to_owned())
        );
    }

    #[test]
    fn empty_overlong_and_multiline_names_are_refused() {
        assert_eq!(UserName::parse("  "), Err(NameError::Empty));
        assert_eq!(UserName::parse("a\nb"), Err(NameError::Character));
        assert_eq!(
            UserName::parse(&"a".repeat(USER_NAME_CHARS + 1)),
            Err(NameError::TooLong)
        );
    }

    #[test]
    fn marks_are_allowed_but_invisible_characters_and_symbols_not() {
        for name in ["हिन्दी", "ไก่ต้ม", "Jose\u{301}", "தமிழ்", "Nguyễn", "محمّد"]
        {
            assert!(UserName::parse(name).is_ok(), "{name}");
            assert!(RoomName::parse(name).is_ok(), "{name}");
        }
        for name in [
            "A\u{200b}nn",
            "\u{202e}nnA",
            "\u{3164}",
            "A\u{ad}n",
            "Ann✨",
            "Ann👍",
            "A“n”n",
            "A/b",
            "a<b>",
            "A\u{e0041}",
            "€",
        ] {
            assert_eq!(UserName::parse(name), Err(NameError::Character), "{name:?}");
        }
    }

    #[test]
    fn room_name_is_lower_case_with_dashes_for_spaces() {
        assert_eq!(
            RoomName::parse("Class 3 B").map(|n| n.to_string()),
            Ok("class-3-b".to_owned())
        );
        assert_eq!(RoomName::parse("../x"), Err(NameError::Character));
    }

    #[test]
    fn names_of_real_people_are_normalized() {
        for (typed, name) in [
            ("阿依古丽·买买提", "阿依古丽·买买提"),
            ("阿依古丽•买买提", "阿依古丽·买买提"),
            ("O’Brien", "O'Brien"),
            ("O´Brien", "O'Brien"),
            ("Дем’янчук", "Дем'янчук"),
            ("王　小明", "王 小明"),
            ("Ann\u{a0}Lee", "Ann Lee"),
            ("Ann \u{2009}Lee", "Ann Lee"),
            ("Jean\u{2011}Luc", "Jean-Luc"),
            ("علی\u{200c}رضا", "علی\u{200c}رضا"),
            ("ශ්\u{200d}රියානි", "ශ්\u{200d}රියානි"),
            ("ジョン・スミス", "ジョン・スミス"),
            ("ג׳ון", "ג׳ון"),
        ] {
            let read = UserName::parse(typed);
            assert_eq!(read.as_ref().map(UserName::as_str), Ok(name), "{typed}");
        }
    }

    #[test]
    fn punctuation_and_joiners_are_allowed_only_between_letters() {
        for name in [
            "·Ann",
            "Ann·",
            "Ann··Lee",
            "Ann· Lee",
            "·",
            "A\u{200d}nn",
            "Ann\u{200c}",
            "\u{200d}",
            "Ann¨",
            "A\u{2028}n",
        ] {
            assert_eq!(UserName::parse(name), Err(NameError::Character), "{name:?}");
        }
    }

    #[test]
    fn normalization_adds_no_space_at_the_ends() {
        for (typed, name) in [("\u{fe72}", "\u{64c}"), ("\u{fe72}Ann", "\u{64c}Ann")] {
            let read = UserName::parse(typed);
            assert_eq!(read.as_ref().map(UserName::as_str), Ok(name), "{typed:?}");
            assert_eq!(UserName::parse(name).as_ref(), read.as_ref(), "again");
        }
    }

    #[test]
    fn room_names_that_look_alike_are_equal() {
        for (one, other, name) in [
            ("café", "CAFE\u{301}", "café"),
            ("３班", "3班", "3班"),
            ("İstanbul", "istanbul", "istanbul"),
            ("Class  3", "class 3", "class-3"),
            ("class - 3", "class – 3", "class-3"),
            ("a_-b", "a-b", "a-b"),
            ("王　小明", "王 小明", "王-小明"),
            ("علی\u{200c}رضا", "علیرضا", "علیرضا"),
            ("Straße", "STRASSE", "strasse"),
            ("3½", "31-2", "31-2"),
        ] {
            for typed in [one, other, name] {
                let read = RoomName::parse(typed);
                assert_eq!(read.as_ref().map(RoomName::as_str), Ok(name), "{typed}");
            }
        }
        assert_ne!(RoomName::parse("a_b"), RoomName::parse("a-b"));
    }

    #[test]
    fn one_character_room_names_of_older_versions_stay_valid() {
        for c in '\u{80}'..='\u{2ffff}' {
            let before: String = c.to_string().trim().to_lowercase();
            let was_name = !before.is_empty() && c != '·' && characters::fit_room_name(&before);
            if was_name {
                let read = RoomName::parse(&before);
                assert!(read.is_ok(), "{c:?} {before:?} {read:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn parsing_a_parsed_name_changes_nothing(text in "[a-cß-åİıΣσς３½ｶﾞ\u{301}\u{307}\u{345}\u{200c}\u{200d} _·’–\\PC-]{0,16}") {
            if let Ok(room) = RoomName::parse(&text) {
                proptest::prop_assert_eq!(RoomName::parse(room.as_str()), Ok(room));
            }
            if let Ok(user) = UserName::parse(&text) {
                proptest::prop_assert_eq!(UserName::parse(user.as_str()), Ok(user));
            }
        }
    }
}
