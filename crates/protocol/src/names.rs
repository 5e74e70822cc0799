//! Names that people choose: of users and of rooms.

use serde::{Deserialize, Serialize};

use crate::limits::{ROOM_NAME_CHARS, USER_NAME_CHARS};

/// Why a text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing is left after trimming.
    #[error("the name is empty")]
    Empty,
    /// It has more characters than the limit.
    #[error("the name is too long")]
    TooLong,
    /// A character in it is not allowed.
    #[error("the name holds a character that is not allowed")]
    Character,
}

/// A user's name: 1 to [`USER_NAME_CHARS`] characters, letters and digits of any script with their marks, and ` ._-'`
/// inside.
///
/// What can be seen without Unicode's tables is checked here, so that a form can tell at once; the server looks closer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserName(String);

/// A room's name: 1 to [`ROOM_NAME_CHARS`] characters, letters and digits of any script with their marks, `-` and `_`.
///
/// Two spellings that differ only in case are one room: the name is held in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoomName(String);

impl UserName {
    /// Reads a name as typed; white space around it is dropped.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        check(text, USER_NAME_CHARS, " ._-'")?;
        Ok(Self(text.to_owned()))
    }

    /// A name that was checked when it was kept, maybe by rules of then.
    pub fn kept(text: String) -> Self {
        Self(text)
    }

    /// The name as its user writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RoomName {
    /// Reads a name as typed; white space around it is dropped and spaces inside become `-`.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name: String = text
            .trim()
            .to_lowercase()
            .chars()
            .map(|c| if c.is_whitespace() { '-' } else { c })
            .collect();
        check(&name, ROOM_NAME_CHARS, "-_")?;
        Ok(Self(name))
    }

    /// The name as it stands in the room's address.
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

fn check(text: &str, most: usize, punctuation: &str) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if text.chars().count() > most {
        return Err(NameError::TooLong);
    }
    if text.chars().all(|c| may_name(c) || punctuation.contains(c)) {
        Ok(())
    } else {
        Err(NameError::Character)
    }
}

/// Whether a character may be part of a name: a letter, a digit, or what may be a mark on one.
fn may_name(c: char) -> bool {
    if within(UNSEEN, c) {
        return false;
    }
    c.is_alphanumeric() || !(c.is_ascii() || is_blank(c) || within(SYMBOLS, c))
}

/// Whether nothing is seen of a character that stands by itself.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || within(UNSEEN, c)
}

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    ranges
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
}

/// What is not seen, or changes how its neighbours are seen: fillers, joiners, selectors, overrides of direction, tags.
const UNSEEN: &[(u32, u32)] = &[
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x206f),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xffff),
    (0xe0000, 0xe0fff),
];

/// Where there are signs and pictures; the letters and digits among them are found before.
const SYMBOLS: &[(u32, u32)] = &[
    (0xa1, 0xbf),
    (0xd7, 0xd7),
    (0xf7, 0xf7),
    (0x2000, 0x20cf),
    (0x2100, 0x2bff),
    (0x2e00, 0x2fff),
    (0x3001, 0x3029),
    (0x3030, 0x303f),
    (0xe000, 0xf8ff),
    (0xfe10, 0xfe1f),
    (0xfe30, 0xfe6f),
    (0xff01, 0xffef),
    (0x1d000, 0x1d7ff),
    (0x1f000, 0x1faff),
    (0xf0000, 0x10_ffff),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_keeps_its_script_and_loses_the_space_around_it() {
        assert_eq!(
            UserName::parse("  王 小明 ").map(|n| n.to_string()),
            Ok("王 小明".to_owned())
        );
    }

    #[test]
    fn a_name_of_nothing_is_empty_and_one_of_a_line_break_is_refused() {
        assert_eq!(UserName::parse("  "), Err(NameError::Empty));
        assert_eq!(UserName::parse("a\nb"), Err(NameError::Character));
        assert_eq!(
            UserName::parse(&"a".repeat(USER_NAME_CHARS + 1)),
            Err(NameError::TooLong)
        );
    }

    #[test]
    fn a_name_may_have_the_marks_of_its_script_and_nothing_unseen_and_no_sign() {
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
            "A\u{a0}n",
            "A/b",
            "a<b>",
            "A\u{e0041}",
            "€",
        ] {
            assert_eq!(UserName::parse(name), Err(NameError::Character), "{name:?}");
        }
    }

    #[test]
    fn a_room_name_is_lower_case_and_has_dashes_for_spaces() {
        assert_eq!(
            RoomName::parse("Class 3 B").map(|n| n.to_string()),
            Ok("class-3-b".to_owned())
        );
        assert_eq!(RoomName::parse("../x"), Err(NameError::Character));
    }
}
