//! Which characters names may contain, as far as is known without Unicode tables.

/// Punctuation allowed inside a user name, between letters (UAX #31, table 3): middle dots, the Armenian hyphen, geresh
/// and gershayim, the Tibetan tsheg, the Katakana double hyphen. U+0027, U+002D and U+002E are allowed anywhere.
pub const INSIDE: &str = "·\u{58a}\u{5f3}\u{5f4}\u{f0b}\u{30a0}\u{30fb}";
/// Zero width non-joiner and joiner: invisible, but they change how their neighbours are rendered.
pub const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];
/// The Hebrew geresh, which may also end a name (UAX #31, table 3b).
const GERESH: char = '\u{5f3}';

/// Whether every character of a user name is allowed where it is. The check of joiners is approximate: they
/// must be next to characters beyond ASCII. The server checks them against Unicode tables.
pub(super) fn fit_user_name(name: &str) -> bool {
    let mut before = None;
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        let fits = match c {
            '\u{200c}' => before.is_some_and(is_beyond_ascii) && after.is_some_and(is_beyond_ascii),
            '\u{200d}' => before.is_some_and(is_beyond_ascii),
            GERESH => before.is_some_and(may_name),
            c if INSIDE.contains(c) => before.is_some_and(may_name) && after.is_some_and(may_name),
            c => may_name(c) || " ._-'".contains(c),
        };
        if !fits {
            return false;
        }
        before = Some(c);
    }
    true
}

/// Whether every character is allowed in a room name.
pub(super) fn fit_room_name(name: &str) -> bool {
    name.chars()
        .all(|c| may_name(c) || INSIDE.contains(c) || c == '-' || c == '_')
}

/// Whether a character is a bullet or operator typed for the middle dot (U+00B7, which Chinese keyboards produce).
pub(super) fn is_dot(c: char) -> bool {
    matches!(c, '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22c5}')
}

/// Whether a character is a hyphen, a dash or a minus sign.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_beyond_ascii(c: char) -> bool {
    !c.is_ascii() && may_name(c)
}

/// Whether a character may be part of a name: a letter, a digit, or possibly a combining mark.
pub(super) fn may_name(c: char) -> bool {
    if within(UNSEEN, c) {
        return false;
    }
    c.is_alphanumeric() || !(c.is_ascii() || is_blank(c) || within(SYMBOLS, c) || INSIDE.contains(c))
}

/// Whether a character is invisible when it stands alone.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || within(UNSEEN, c)
}

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    ranges
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
}

/// Characters that are invisible or change how their neighbours are rendered: fillers, joiners, selectors,
/// direction overrides, tags.
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

/// Blocks of symbols; letters and digits in them are recognised before.
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
