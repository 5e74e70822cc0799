//! The page until the core runs, which is loaded after the sign-in page.

use crate::PageView;
use crate::page::address;

/// The page until the core runs: the sign-in page where the core is certain to show it, else `Starting`.
///
/// `session` tells whether an earlier visit stored a session, `room` is the room that it stored.
pub fn early_page(path: &str, session: bool, room: Option<String>) -> PageView {
    let (path, _) = address::pass_in(path);
    let addressed = address::room_in(path);
    let is_known = match &addressed {
        Some(typed) => is_plain(typed),
        None => address::is_lobby(path),
    };
    if session || !is_known {
        return PageView::Starting;
    }
    PageView::SignIn {
        room: addressed.or(room).unwrap_or_default(),
        busy: false,
        error: None,
        guest: false,
    }
}

/// Whether a typed room is certainly a room's name. The core knows more names: it parses them.
fn is_plain(typed: &str) -> bool {
    const SHORT: usize = 32;
    let fits = |c: char| c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    typed.len() <= SHORT
        && !typed.is_empty()
        && typed.chars().all(|c| fits(c) || c == '-')
        && typed.chars().any(fits)
}

#[cfg(test)]
mod tests {
    use protocol::{RoomName, UnixMillis};

    use super::*;
    use crate::{Core, DeviceChoices, Event, Moment, PageEvent, Startup};

    fn page_of_core(path: &str, room: Option<&str>) -> PageView {
        let startup = Startup {
            path: path.to_owned(),
            session: None,
            room: room.map(|room| RoomName::parse(room).expect("a name")),
            seat: None,
            devices: DeviceChoices::default(),
        };
        let moment = Moment {
            now: UnixMillis(0),
            random: 0,
        };
        let mut core = Core::new();
        core.handle(moment, Event::Page(PageEvent::Started(Box::new(startup))).into());
        core.view().page.clone()
    }

    #[test]
    fn early_sign_in_page_is_that_of_core() {
        let mut seen = 0;
        for path in [
            "/",
            "",
            "/index.html",
            "/?x=1",
            "/room/tea",
            "/room/Tea-3/",
            "/room/%E4%BC%9A%E8%AE%AE?invite=a-_b",
            "/room/-",
            "/room/a--b",
            "/room/r1.",
            "/room/",
            "/room/a/b",
            "/room/%E4%BC",
            "/rooms/x",
            "/check/set-up",
            "/check",
            "/nothing",
            "/room/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            for room in [None, Some("den")] {
                let early = early_page(path, false, room.map(str::to_owned));
                if early != PageView::Starting {
                    assert_eq!(early, page_of_core(path, room), "{path}");
                    seen += 1;
                }
            }
        }
        assert!(seen >= 14, "{seen} sign-in pages");
    }

    #[test]
    fn stored_session_waits_for_core() {
        assert_eq!(early_page("/", true, None), PageView::Starting);
    }
}
