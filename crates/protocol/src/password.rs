//! Passwords as they are compared: `OpaqueString` of RFC 8265 §4.2, the same for whoever sets one and whoever says it.
//!
//! Spaces of any kind are U+0020 and composed and decomposed letters are one (NFC); case and width count. What is pasted
//! with a password is no part of it: line breaks at its ends, and of a room's password, which people send each other, all
//! white space around it.

use crate::limits::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS, ROOM_PASSWORD_MIN_CHARS};
use crate::unicode;

/// A text is none that may be a password: too short, too long, or with a control character in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too short, too long, or with a control character")]
pub struct NoPassword;

/// A new password of an account, if it may be one: [`PASSWORD_MIN_CHARS`] characters to [`PASSWORD_MAX_BYTES`] bytes.
pub fn of_account(typed: &str) -> Result<String, NoPassword> {
    checked(said(typed), PASSWORD_MIN_CHARS)
}

/// A new password of a room, if it may be one: [`ROOM_PASSWORD_MIN_CHARS`] characters to [`PASSWORD_MAX_BYTES`] bytes.
pub fn of_room(typed: &str) -> Result<String, NoPassword> {
    checked(said_at_room(typed), ROOM_PASSWORD_MIN_CHARS)
}

/// What to compare with the password of an account: its form, and the text as typed where that is another, since hashes
/// of an older Confab are of that. Nothing that is longer than a password may be.
pub fn tried(typed: &str) -> Vec<String> {
    forms(said(typed), typed)
}

/// What to compare with the password of a room, as [`tried`] has it.
pub fn tried_at_room(typed: &str) -> Vec<String> {
    forms(said_at_room(typed), typed)
}

fn said(typed: &str) -> String {
    let spaced: String = typed
        .trim_matches(['\r', '\n'])
        .chars()
        .map(|c| if is_space(c) { ' ' } else { c })
        .collect();
    unicode::nfc(&spaced)
}

fn said_at_room(typed: &str) -> String {
    said(typed.trim())
}

/// Whether it separates words and breaks no line (general category Zs).
fn is_space(c: char) -> bool {
    c.is_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
}

fn checked(password: String, least: usize) -> Result<String, NoPassword> {
    let long_enough = password.chars().count() >= least;
    if long_enough && password.len() <= PASSWORD_MAX_BYTES && !password.contains(char::is_control) {
        Ok(password)
    } else {
        Err(NoPassword)
    }
}

fn forms(said: String, typed: &str) -> Vec<String> {
    let raw = (said != typed).then(|| typed.to_owned());
    let forms = std::iter::once(said).chain(raw);
    forms.filter(|form| form.len() <= PASSWORD_MAX_BYTES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_around_a_rooms_password_is_no_part_of_it() {
        for typed in [
            "open sesame",
            " open sesame\r\n",
            "open\u{a0}sesame\u{3000}",
            "\topen sesame",
        ] {
            assert_eq!(of_room(typed).as_deref(), Ok("open sesame"), "{typed:?}");
            assert_eq!(
                tried_at_room(typed).first().map(String::as_str),
                Some("open sesame")
            );
        }
        assert_eq!(of_room("abc "), Err(NoPassword));
    }

    #[test]
    fn an_accounts_password_keeps_its_spaces_and_loses_line_breaks() {
        assert_eq!(of_account(" correct horse \n").as_deref(), Ok(" correct horse "));
        assert_eq!(of_account("cafe\u{301} noir").as_deref(), Ok("café noir"));
        assert_eq!(of_account("Ｃorrect horse").as_deref(), Ok("Ｃorrect horse"));
        for none in ["short", "a tab\tin it", &"a".repeat(PASSWORD_MAX_BYTES + 1)] {
            assert_eq!(of_account(none), Err(NoPassword), "{none:?}");
        }
    }

    #[test]
    fn the_text_as_typed_is_tried_after_its_form() {
        assert_eq!(tried("correct horse"), ["correct horse"]);
        assert_eq!(tried("cafe\u{301} noir"), ["café noir", "cafe\u{301} noir"]);
        assert_eq!(tried_at_room("tea time "), ["tea time", "tea time "]);
        assert_eq!(tried(&"a".repeat(PASSWORD_MAX_BYTES + 1)), [""; 0]);
    }
}
