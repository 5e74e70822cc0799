//! How the text of a chat message is shown: its links, and whether it is folded.

use linkify::{LinkFinder, LinkKind};

/// Assumed width of the chat, in columns: the panel of 18 to 22 rem holds 36 to 44 Latin letters of average width.
const COLUMNS: usize = 40;

/// Maximum rows of a message that is not folded: about one screen of a phone (chosen).
const MOST_ROWS: usize = 20;

/// The first character that never belongs to a link. From U+0590 on there are right-to-left scripts, scripts written
/// without spaces (where text directly after a link is not part of it), the punctuation of all of them, and characters
/// that change the direction of text or are invisible.
const FIRST_FOREIGN: char = '\u{590}';

/// A part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Plain text.
    Text(&'a str),
    /// A web address: `http`, `https`, or one that begins with `www.`.
    Web(&'a str),
    /// A mail address.
    Mail(&'a str),
}

impl<'a> Piece<'a> {
    /// Returns the text as written.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Text(text) | Self::Web(text) | Self::Mail(text) => text,
        }
    }

    /// Returns the URL of the link; `None` for plain text.
    pub fn href(&self) -> Option<String> {
        match self {
            Self::Text(_) => None,
            Self::Web(address) if has_web_scheme(address) => Some((*address).to_owned()),
            Self::Web(address) => Some(format!("https://{address}")),
            Self::Mail(address) => Some(format!("mailto:{address}")),
        }
    }
}

/// Returns whether a message is so long that only its beginning is shown at first. An estimate that needs no layout:
/// lines wrap after `COLUMNS` columns, and wide characters take two.
pub fn is_folded(text: &str) -> bool {
    let rows = |line: &str| line.chars().map(columns).sum::<usize>().div_ceil(COLUMNS).max(1);
    let mut left = MOST_ROWS;
    text.split('\n').any(|line| {
        let rows = rows(line);
        let fits = rows <= left;
        left = left.saturating_sub(rows);
        !fits
    })
}

/// Width of a character in columns: most from the CJK radicals (U+2E80) on are wide (UAX #11).
fn columns(c: char) -> usize {
    if c < '\u{2E80}' { 1 } else { 2 }
}

/// Splits a message into text and links, in order; joined, the pieces are the message.
///
/// A link leads where its text says. So an address is plain text if its host is not ASCII, which may imitate another
/// host, or if it has a user name (`https://bank.example@evil.example` leads to `evil.example`).
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    // End of the text that is in `pieces`, and start of the part, as byte offsets.
    let (mut done, mut begin) = (0, 0);
    for part in text.split_inclusive(never_in_link) {
        for (at, piece) in links(part.trim_end_matches(never_in_link)) {
            pieces.extend(plain(&text[done..begin + at]));
            done = begin + at + piece.text().len();
            pieces.push(piece);
        }
        begin += part.len();
    }
    pieces.extend(plain(&text[done..]));
    pieces
}

/// Returns the links in a part of a message, each with its byte offset.
///
/// Addresses without a scheme are searched in the remaining text, in a second pass: in a single pass the crate takes
/// `ann.lee` in `ann.lee+tea@c.example` for one.
fn links(part: &str) -> Vec<(usize, Piece<'_>)> {
    let finder = LinkFinder::new();
    let mut bare = LinkFinder::new();
    bare.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    let mut links = Vec::new();
    for span in finder.spans(part) {
        match span.kind() {
            Some(kind) => links.extend(link_piece(span.as_str(), kind).map(|piece| (span.start(), piece))),
            None => links.extend(bare.links(span.as_str()).filter_map(|link| {
                let piece = link_piece(link.as_str(), link.kind())?;
                Some((span.start() + link.start(), piece))
            })),
        }
    }
    links
}

/// Returns whether a character ends a link. Soft hyphens (U+00AD) are invisible.
fn never_in_link(c: char) -> bool {
    c >= FIRST_FOREIGN || c == '\u{AD}' || c.is_whitespace()
}

fn plain(text: &str) -> Option<Piece<'_>> {
    (!text.is_empty()).then_some(Piece::Text(text))
}

fn link_piece<'a>(found: &'a str, kind: &LinkKind) -> Option<Piece<'a>> {
    match kind {
        LinkKind::Url => is_honest_web(found).then_some(Piece::Web(found)),
        LinkKind::Email => is_plain_mail(found).then_some(Piece::Mail(found)),
        // The crate may add more kinds.
        _ => None,
    }
}

fn has_web_scheme(address: &str) -> bool {
    starts_with(address, "http://") || starts_with(address, "https://")
}

/// Like `str::starts_with`, ignoring ASCII case.
fn starts_with(text: &str, begin: &str) -> bool {
    let found = text.get(..begin.len());
    found.is_some_and(|found| found.eq_ignore_ascii_case(begin))
}

fn is_honest_web(address: &str) -> bool {
    let rest = match address.split_once("://") {
        Some((_, rest)) => has_web_scheme(address).then_some(rest),
        None => starts_with(address, "www.").then_some(address),
    };
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Browsers treat a backslash as a slash (URL Standard, "special authority slashes state").
    !host.is_empty() && host.is_ascii() && !host.contains(['@', '\\'])
}

/// Allows only letters, digits, `.`, `_`, `+`, `-` and `@`: `?` and `&` would set header fields of the mail
/// (RFC 6068 §2).
fn is_plain_mail(address: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._+-@".contains(c);
    address.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The URLs of the links in a text.
    fn hrefs(text: &str) -> Vec<String> {
        pieces(text).iter().filter_map(Piece::href).collect()
    }

    #[test]
    fn web_and_mail_addresses_are_links() {
        assert_eq!(
            pieces("See https://a.example/b?c=d#e or www.b.example, or ask ann.lee+tea@c.example."),
            [
                Piece::Text("See "),
                Piece::Web("https://a.example/b?c=d#e"),
                Piece::Text(" or "),
                Piece::Web("www.b.example"),
                Piece::Text(", or ask "),
                Piece::Mail("ann.lee+tea@c.example"),
                Piece::Text("."),
            ]
        );
        assert_eq!(hrefs("www.b.example"), ["https://www.b.example"]);
        assert_eq!(hrefs("HTTPS://A.example"), ["HTTPS://A.example"]);
        assert_eq!(hrefs("ann@c.example"), ["mailto:ann@c.example"]);
    }

    #[test]
    fn punctuation_is_not_part_of_a_link() {
        for text in [
            "(https://a.example/b)",
            "https://a.example/b.",
            "https://a.example/b, and",
            "\"https://a.example/b\"",
            "<https://a.example/b>",
            "https://a.example/b。",
            "（https://a.example/b）",
            "《https://a.example/b》",
            "看https://a.example/b，谢谢",
            "https://a.example/b吧",
            "https://a.example/b…",
            "“https://a.example/b”",
            "https://a.example/b\u{a0}and",
        ] {
            assert_eq!(hrefs(text), ["https://a.example/b"], "{text}");
        }
        assert_eq!(hrefs("https://a.example/b_(c)"), ["https://a.example/b_(c)"]);
        assert_eq!(hrefs("https://a.example/Köln"), ["https://a.example/Köln"]);
    }

    #[test]
    fn other_schemes_are_no_links() {
        for text in [
            "javascript:alert(1)",
            "javascript://a.example/%0aalert(1)",
            "data:text/html,hello",
            "ftp://a.example",
            "file:///etc/passwd",
            "blob:https://a.example/b",
            "view-source:https://a.example",
            "README.md or b.example",
            "https://",
            "http:///path",
        ] {
            let wrong: Vec<_> = hrefs(text)
                .into_iter()
                .filter(|link| !link.starts_with("https://a."))
                .collect();
            assert_eq!(wrong, [""; 0], "{text}");
        }
    }

    #[test]
    fn deceptive_address_is_no_link() {
        for text in [
            "https://bank.example@evil.example/",
            "https://bank.example:443@evil.example/",
            "https://b\u{430}nk.example/",
            "mail?bcc=eve@evil.example@b.example",
        ] {
            assert!(
                !hrefs(text)
                    .iter()
                    .any(|link| link.contains("bank") || link.contains('?')),
                "{text}"
            );
        }
        assert_eq!(hrefs("https://b\u{430}nk.example/"), [""; 0], "a Cyrillic letter");
        for mail in ["mail?bcc=eve@evil.example", "mail&bcc=eve@evil.example"] {
            assert_eq!(hrefs(mail), [""; 0], "{mail}");
        }
        // The link leads to the bank, whatever follows.
        assert_eq!(
            hrefs("https://bank.example\\@evil.example/"),
            ["https://bank.example"]
        );
        let turned = "https://evil.example/\u{202e}moc.knab//:sptth";
        assert_eq!(hrefs(turned), ["https://evil.example/"]);
        assert_eq!(hrefs("https://evil.example/\u{200b}a"), ["https://evil.example/"]);
    }

    #[test]
    fn many_rows_are_folded() {
        assert!(!is_folded(&"a\n".repeat(19)));
        assert!(is_folded(&"\n".repeat(4_000)));
        assert!(!is_folded(&"a".repeat(COLUMNS * MOST_ROWS)));
        assert!(is_folded(&"a".repeat(COLUMNS * MOST_ROWS + 1)));
        assert!(is_folded(&"字".repeat(COLUMNS * MOST_ROWS / 2 + 1)));
    }

    proptest! {
        #[test]
        fn pieces_join_to_the_text(
            text in "(https?://|www\\.|@|[ab.:/?#\\\\()]|。|\u{202e}|é|\\PC){0,40}"
        ) {
            let parts = pieces(&text);
            let joined: String = parts.iter().map(Piece::text).collect();
            prop_assert_eq!(&joined, &text);
            for href in parts.iter().filter_map(Piece::href) {
                prop_assert!(has_web_scheme(&href) || href.starts_with("mailto:"));
                prop_assert!(href.chars().all(|c| !never_in_link(c)));
            }
        }
    }
}
