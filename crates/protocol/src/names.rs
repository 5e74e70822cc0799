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

/// A user's name: 1 to [`USER_NAME_CHARS`] characters, letters and digits of any script, and ` ._-'` inside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserName(String);

/// A room's name: 1 to [`ROOM_NAME_CHARS`] characters, letters and digits of any script, `-` and `_`.
///
/// Two spellings that differ only in case are one room: the name is held in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoomName(String);

impl UserName {
    /// Reads a name as typed; white space around it is dropped.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        check(text, USER_NAME_CHARS, |c| {
            c.is_alphanumeric() || " ._-'".contains(c)
        })?;
        Ok(Self(text.to_owned()))
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
        check(&name, ROOM_NAME_CHARS, |c| {
            c.is_alphanumeric() || "-_".contains(c)
        })?;
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

fn check(text: &str, most: usize, allowed: impl Fn(char) -> bool) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if text.chars().count() > most {
        return Err(NameError::TooLong);
    }
    if text.chars().all(allowed) {
        Ok(())
    } else {
        Err(NameError::Character)
    }
}

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
    fn a_room_name_is_lower_case_and_has_dashes_for_spaces() {
        assert_eq!(
            RoomName::parse("Class 3 B").map(|n| n.to_string()),
            Ok("class-3-b".to_owned())
        );
        assert_eq!(RoomName::parse("../x"), Err(NameError::Character));
    }
}
