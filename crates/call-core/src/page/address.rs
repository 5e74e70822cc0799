//! URL paths of the app's pages: `/` for sign-in and lobby, `/room/<name>` for a room, `/check/…` for the labs.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use protocol::{PassCode, RoomName};

use crate::Lab;

/// Characters that must be encoded in a path segment (RFC 3986 §3.3).
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?');
const ROOM: &str = "/room/";
/// Query parameter with the code of a pass.
const PASS: &str = "invite=";
/// Characters that may surround a link in running text, and never end a room name or a code.
const AROUND: &[char] = &[
    '<', '>', '(', ')', '[', ']', '"', '\'', '.', ',', ';', ':', '!', '?', '。', '，', '）', '」', '》',
];

/// Path of the lobby.
pub(crate) const LOBBY: &str = "/";

/// Returns the path of a room.
pub(crate) fn of_room(room: &RoomName) -> String {
    format!("{ROOM}{}", utf8_percent_encode(room.as_str(), SEGMENT))
}

/// Returns the path of a room with a pass in its query.
pub(crate) fn of_pass(room: &RoomName, code: &PassCode) -> String {
    format!(
        "{}?{PASS}{}",
        of_room(room),
        utf8_percent_encode(&code.0, SEGMENT)
    )
}

/// Splits a path from its query and fragment; returns it with the pass, wherever the query has it.
pub(crate) fn pass_in(path: &str) -> (&str, Option<PassCode>) {
    let path = path.split('#').next().unwrap_or_default();
    let Some((path, query)) = path.split_once('?') else {
        return (path, None);
    };
    let mut codes = query.split('&').filter_map(|pair| pair.strip_prefix(PASS));
    let code = codes.find(|code| !code.is_empty());
    (path, code.map(|code| PassCode(decoded(code))))
}

/// Parses what a user typed to join a room: its name, or a link to it, possibly with a pass. The link may be
/// pasted with the message around it.
pub(crate) fn typed(text: &str) -> (String, Option<PassCode>) {
    let mut links = text
        .split_whitespace()
        .filter_map(|word| word.find(ROOM).and_then(|at| word.get(at..)));
    links
        .find_map(|link| {
            let (path, pass) = pass_in(link.trim_end_matches(AROUND));
            Some((room_in(path)?, pass))
        })
        .unwrap_or_else(|| (text.to_owned(), None))
}

/// Whether a path is that of the lobby, or of the sign-in page.
pub(crate) fn is_lobby(path: &str) -> bool {
    matches!(path, "" | LOBBY | "/index.html")
}

/// Whether a path belongs to no page: neither the lobby, nor a lab, nor a possible room.
pub(crate) fn leads_nowhere(path: &str) -> bool {
    let is_room = || room_in(path).is_some_and(|typed| RoomName::parse(&typed).is_ok());
    !is_lobby(path) && lab_in(path).is_none() && !is_room()
}

/// Returns the path of a lab.
pub(crate) fn of_lab(lab: Lab) -> String {
    lab.path().to_owned()
}

/// Returns the lab of a path.
pub(crate) fn lab_in(path: &str) -> Option<Lab> {
    let path = path.trim_end_matches('/');
    Lab::ALL.into_iter().find(|lab| lab.path() == path)
}

/// Returns the room in a path as typed, which may not be a valid name; `None` if the path has none.
pub(crate) fn room_in(path: &str) -> Option<String> {
    let name = path.strip_prefix(ROOM)?.trim_end_matches('/');
    (!name.is_empty()).then(|| decoded(name))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_path_round_trips() {
        for name in ["class-3b", "会议室", "_"] {
            let room = RoomName::parse(name).expect("a name");
            assert_eq!(room_in(&of_room(&room)).as_deref(), Some(name));
        }
    }

    #[test]
    fn pass_is_read_from_the_query() {
        let room = RoomName::parse("会议室").expect("a name");
        let code = PassCode("a-_b".to_owned());
        let path = of_pass(&room, &code);
        assert_eq!(pass_in(&path), (of_room(&room).as_str(), Some(code)));
        assert_eq!(pass_in("/room/r"), ("/room/r", None));
        assert_eq!(pass_in("/room/r?invite="), ("/room/r", None));
        assert_eq!(pass_in("/room/r?other=1"), ("/room/r", None));
        let code = Some(PassCode("a-_b".to_owned()));
        for query in [
            "?lang=zh&invite=a-_b",
            "?invite=&invite=a-_b",
            "?invite=a-_b&x#end",
            "?x&invite=a%2D_b",
        ] {
            assert_eq!(
                pass_in(&format!("/room/r{query}")),
                ("/room/r", code.clone()),
                "{query}"
            );
        }
        assert_eq!(pass_in("/room/r?reinvite=a"), ("/room/r", None));
        assert_eq!(pass_in("/room/r#?invite=a"), ("/room/r", None));
    }

    #[test]
    fn typed_link_gives_room_and_pass() {
        let code = Some(PassCode("a-_b".to_owned()));
        for link in [
            "https://meet.example.org/room/%E4%BC%9A%E8%AE%AE?invite=a-_b",
            " http://localhost:9000/room/%E4%BC%9A%E8%AE%AE/?x=1&invite=a-_b\n",
            "meet.example.org/meet/room/会议?invite=a-_b",
            "/room/会议?invite=a-_b",
            "Join us: <https://meet.example.org/room/会议?invite=a-_b>, please",
        ] {
            assert_eq!(typed(link), ("会议".to_owned(), code.clone()), "{link}");
        }
        assert_eq!(typed("https://a.example/room/tea."), ("tea".to_owned(), None));
        for name in ["tea", "Class 3 B", "a/b", "https://a.example/", "/room/"] {
            assert_eq!(typed(name), (name.to_owned(), None));
        }
    }

    #[test]
    fn path_of_no_page_leads_nowhere() {
        for path in [
            "/",
            "",
            "/index.html",
            "/room/tea",
            "/room/%E4%BC%9A/",
            "/check/set-up",
        ] {
            assert!(!leads_nowhere(path), "{path}");
        }
        for path in [
            "/room/r1.",
            "/room/",
            "/rooms/x",
            "/nothing",
            "/check",
            "/room/a/b",
            "/room/%E4%BC",
        ] {
            assert!(leads_nowhere(path), "{path}");
        }
    }

    #[test]
    fn lab_path_round_trips() {
        for lab in Lab::ALL {
            assert_eq!(lab_in(&of_lab(lab)), Some(lab));
            assert_eq!(room_in(&of_lab(lab)), None);
        }
        assert_eq!(lab_in("/check/"), None);
    }

    #[test]
    fn other_paths_name_no_room() {
        for path in ["/", "/room/", "/rooms/x", ""] {
            assert_eq!(room_in(path), None, "{path}");
        }
        assert_eq!(room_in("/room/%E4%BC").as_deref(), Some("\u{fffd}"));
    }
}
