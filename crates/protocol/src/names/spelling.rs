//! Normal spelling of names: maps what keyboards, input methods and autocorrection vary to one form before
//! anything is checked.

use super::characters::{JOINERS, is_dash, is_dot, may_name};
use crate::unicode;

/// Returns the normal spelling of a user name: NFKC, one kind of apostrophe, hyphen and middle dot, single
/// spaces, case as typed.
///
/// Does not check whether the name is valid.
pub fn of_user(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let typed: String = text.trim().chars().map(straight).map(seen).collect();
    for c in unicode::nfkc(&typed).chars() {
        match c {
            ' ' if name.ends_with(' ') => {}
            c if is_dot(c) => name.push('·'),
            c if is_dash(c) => name.push('-'),
            c => name.push(c),
        }
    }
    // NFKC turns a standalone Arabic mark into a space and the mark.
    name.trim().to_owned()
}

/// Returns the normal spelling of a room name: case folded, in NFKC, `-` for spaces and dashes, one separator
/// in place of several.
///
/// Does not check whether the name is valid. Where the compatibility form of a letter or digit contains symbols (½,
/// ⑴), separators replace them. Joiners are dropped, so that users whose keyboard lacks them find the room too.
pub(super) fn of_room(text: &str) -> String {
    let mut typed = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_ascii() || !may_name(c) {
            typed.extend(Some(seen(c)).filter(|c| !JOINERS.contains(c)));
            continue;
        }
        let plain = unicode::nfkc(c.encode_utf8(&mut [0; 4]));
        if c.is_alphanumeric() {
            typed.extend(plain.chars().map(|c| if may_name(c) { c } else { '-' }));
        } else if plain.chars().all(may_name) {
            typed.push(c);
        } else {
            typed.push('-');
        }
    }
    let mut name = String::with_capacity(typed.len());
    for c in unicode::fold(&typed).chars() {
        match c {
            c if is_dash(c) || c.is_whitespace() => {
                if name.ends_with(['-', '_']) {
                    name.pop();
                }
                name.push('-');
            }
            '_' if name.ends_with(['-', '_']) => {}
            c if is_dot(c) => name.push('·'),
            c => name.push(c),
        }
    }
    name
}

/// Maps quotation marks, accents, a prime, and the letter that looks like an apostrophe to the apostrophe.
fn straight(c: char) -> char {
    match c {
        '`' | '\u{b4}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => '\'',
        c => c,
    }
}

/// Maps a space of any width to a plain space, and a character that NFKC turns into a space and a mark to one
/// that is in no valid name.
fn seen(c: char) -> char {
    match c {
        c if c.is_ascii() || c.is_alphanumeric() => c,
        // Line breaks are not allowed in names, so they are kept for the check to refuse.
        '\u{85}' | '\u{2028}' | '\u{2029}' => c,
        c if c.is_whitespace() => ' ',
        c if unicode::nfkc(c.encode_utf8(&mut [0; 4])).starts_with(' ') => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}
