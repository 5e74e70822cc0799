//! The addresses of the app's pages: `/` for the door and the lobby, `/room/<name>` for a room, `/check/…` for the labs.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use protocol::{PassCode, RoomName};

use crate::Lab;

/// What a path segment may not hold as it is (RFC 3986 §3.3).
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
/// What stands between a room's path and the code of a pass.
const PASS: &str = "?invite=";

/// The path of the lobby.
pub(crate) const LOBBY: &str = "/";

/// The path of a room.
pub(crate) fn of_room(room: &RoomName) -> String {
    format!("{ROOM}{}", utf8_percent_encode(room.as_str(), SEGMENT))
}

/// The path of a room with a pass to it.
pub(crate) fn of_pass(room: &RoomName, code: &PassCode) -> String {
    format!("{}{PASS}{}", of_room(room), utf8_percent_encode(&code.0, SEGMENT))
}

/// A path without what follows it, and the pass that it holds.
pub(crate) fn pass_in(path: &str) -> (&str, Option<PassCode>) {
    match path.split_once(PASS) {
        Some((path, code)) => {
            let code = code.split(['&', '#']).next().unwrap_or_default();
            let code = percent_decode_str(code).decode_utf8_lossy().into_owned();
            (path, (!code.is_empty()).then_some(PassCode(code)))
        }
        None => (path.split('?').next().unwrap_or_default(), None),
    }
}

/// The path of a lab.
pub(crate) fn of_lab(lab: Lab) -> String {
    lab.path().to_owned()
}

/// The lab that a path names.
pub(crate) fn lab_in(path: &str) -> Option<Lab> {
    let path = path.trim_end_matches('/');
    Lab::ALL.into_iter().find(|lab| lab.path() == path)
}

/// The room that a path names, as typed; it may be no room's name. `None` when it names none.
pub(crate) fn room_in(path: &str) -> Option<String> {
    let name = path.strip_prefix(ROOM)?.trim_end_matches('/');
    (!name.is_empty()).then(|| percent_decode_str(name).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_found_again_under_its_own_address() {
        for name in ["class-3b", "会议室", "_"] {
            let room = RoomName::parse(name).expect("a name");
            assert_eq!(room_in(&of_room(&room)).as_deref(), Some(name));
        }
    }

    #[test]
    fn a_pass_is_found_again_in_its_address_and_none_where_there_is_none() {
        let room = RoomName::parse("会议室").expect("a name");
        let code = PassCode("a-_b".to_owned());
        let path = of_pass(&room, &code);
        assert_eq!(pass_in(&path), (of_room(&room).as_str(), Some(code)));
        assert_eq!(pass_in("/room/r"), ("/room/r", None));
        assert_eq!(pass_in("/room/r?invite="), ("/room/r", None));
        assert_eq!(pass_in("/room/r?other=1"), ("/room/r", None));
    }

    #[test]
    fn a_lab_is_found_again_under_its_own_address() {
        for lab in Lab::ALL {
            assert_eq!(lab_in(&of_lab(lab)), Some(lab));
            assert_eq!(room_in(&of_lab(lab)), None);
        }
        assert_eq!(lab_in("/check/"), None);
    }

    #[test]
    fn other_addresses_name_no_room() {
        for path in ["/", "/room/", "/rooms/x", ""] {
            assert_eq!(room_in(path), None, "{path}");
        }
        assert_eq!(room_in("/room/%E4%BC").as_deref(), Some("\u{fffd}"));
    }
}
