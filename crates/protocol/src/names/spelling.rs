//! From what somebody typed to the one spelling of a name: what keyboards, input methods and autocorrection vary is mapped
//! to one form before anything is checked.

use super::characters::{JOINERS, is_dash, is_dot, may_name};
use crate::unicode;

/// The spelling of a user's name: NFKC, one kind of apostrophe, hyphen and middle dot, single spaces, case as typed.
///
/// Says nothing of whether it is a name.
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
    // The compatibility form of an Arabic mark that stands by itself begins with a space.
    name.trim().to_owned()
}

/// The spelling of a room's name: case folded, in NFKC, `-` for spaces and dashes, one separator where there are several.
///
/// Says nothing of whether it is a name. A letter or digit whose compatibility form has signs in it (½, ⑴) has separators
/// for the signs. Joiners are dropped: who has none on the keyboard finds the room as well.
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

/// An apostrophe for what is typed in its place: quotation marks, accents, a prime, and the letter that looks like it.
fn straight(c: char) -> char {
    match c {
        '`' | '\u{b4}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => '\'',
        c => c,
    }
}

/// A space for a space of any width, and what is in no name for a sign of which NFKC makes a space and a mark.
fn seen(c: char) -> char {
    match c {
        c if c.is_ascii() || c.is_alphanumeric() => c,
        // Those that break lines are not for names.
        '\u{85}' | '\u{2028}' | '\u{2029}' => c,
        c if c.is_whitespace() => ' ',
        c if unicode::nfkc(c.encode_utf8(&mut [0; 4])).starts_with(' ') => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}
