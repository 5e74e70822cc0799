//! Normal form in which passwords are compared: `OpaqueString` of RFC 8265 §4.2, both when set and when entered.
//!
//! Spaces of any kind become U+0020, and composed and decomposed letters are equal (NFC); case and width
//! count. White space pasted with a password is dropped: line breaks at its ends, and around a room's
//! password, which people send each other, all white space.

use crate::limits::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS, ROOM_PASSWORD_MIN_CHARS};
use crate::unicode;

/// The text is not a valid password: too short, too long, or with a control character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too short, too long, or with a control character")]
pub struct NoPassword;

/// Returns the normal form of a new account password of [`PASSWORD_MIN_CHARS`] characters to
/// [`PASSWORD_MAX_BYTES`] bytes.
pub fn of_account(typed: &str) -> Result<String, NoPassword> {
    checked(said(typed), PASSWORD_MIN_CHARS)
}

/// Returns the normal form of a new room password of [`ROOM_PASSWORD_MIN_CHARS`] characters to
/// [`PASSWORD_MAX_BYTES`] bytes.
pub fn of_room(typed: &str) -> Result<String, NoPassword> {
    checked(said_at_room(typed), ROOM_PASSWORD_MIN_CHARS)
}

/// Returns the texts to compare with an account's password: the normal form, and the text as typed if it
/// differs, since older versions of Confab hashed that. Texts longer than [`PASSWORD_MAX_BYTES`] are left out.
pub fn tried(typed: &str) -> Vec<String> {
    forms(said(typed), typed)
}

/// Returns the texts to compare with a room's password, as [`tried`] does.
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

/// Whether a character is a space (general category Zs).
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
    fn white_space_around_a_room_password_is_dropped() {
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
    fn account_password_keeps_spaces_but_not_line_breaks() {
        assert_eq!(of_account(" correct horse \n").as_deref(), Ok(" correct horse "));
        assert_eq!(of_account("cafe\u{301} noir").as_deref(), Ok("café noir"));
        assert_eq!(of_account("Ｃorrect horse").as_deref(), Ok("Ｃorrect horse"));
        for none in ["short", "a tab\tin it", &"a".repeat(PASSWORD_MAX_BYTES + 1)] {
            assert_eq!(of_account(none), Err(NoPassword), "{none:?}");
        }
    }

    #[test]
    fn text_as_typed_is_tried_after_its_normal_form() {
        assert_eq!(tried("correct horse"), ["correct horse"]);
        assert_eq!(tried("cafe\u{301} noir"), ["café noir", "cafe\u{301} noir"]);
        assert_eq!(tried_at_room("tea time "), ["tea time", "tea time "]);
        assert_eq!(tried(&"a".repeat(PASSWORD_MAX_BYTES + 1)), [""; 0]);
    }
}
