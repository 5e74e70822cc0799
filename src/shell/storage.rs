//! What outlives the page: the session and the room for the next visit, the seat for this very tab loaded anew.
//!
//! A browser may refuse storage (a private window, a full disk, a policy). The app then forgets, and nothing worse.
//! A tab that is duplicated gets a copy of the first one's storage, and two pages must not hold one seat. So the
//! seat lies in storage only while no page is there to hold it: it is taken out when a page opens or comes back
//! to life, and put in when the page goes.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use protocol::http::SignedIn;
use protocol::{RoomName, SeatKey};
use web_sys::{Storage as Items, Window};

use super::browser;

const SESSION: &str = "confab.session";
const ROOM: &str = "confab.room";
const SEAT: &str = "confab.seat";

/// The page's place in the browser's storage.
pub(super) struct Storage {
    seat: Rc<RefCell<Option<SeatKey>>>,
    _listeners: Option<[EventListener; 2]>,
}

impl Storage {
    /// Reads what earlier pages left, and takes the seat out.
    pub(super) fn open() -> Self {
        let seat = Rc::new(RefCell::new(take_seat()));
        let listeners = browser::window().ok().map(|window| {
            let leaving = Rc::clone(&seat);
            let returning = Rc::clone(&seat);
            [
                EventListener::new(&window, "pagehide", move |_| put_seat(leaving.borrow().as_ref())),
                EventListener::new(&window, "pageshow", move |_| {
                    if returning.borrow().is_some() {
                        take_seat();
                    }
                }),
            ]
        });
        Self { seat, _listeners: listeners }
    }

    /// The session of an earlier visit.
    pub(super) fn session(&self) -> Option<SignedIn> {
        serde_json::from_str(&read(local(), SESSION)?).ok()
    }

    /// The room of an earlier visit.
    pub(super) fn room(&self) -> Option<RoomName> {
        RoomName::parse(&read(local(), ROOM)?).ok()
    }

    /// The seat that this tab held when its page went.
    pub(super) fn seat(&self) -> Option<SeatKey> {
        self.seat.borrow().clone()
    }

    /// Keeps the session, or forgets it.
    pub(super) fn store_session(&self, session: Option<&SignedIn>) {
        write(local(), SESSION, session.and_then(|session| serde_json::to_string(session).ok()).as_deref());
    }

    /// Keeps the room.
    pub(super) fn store_room(&self, room: &RoomName) {
        write(local(), ROOM, Some(room.as_str()));
    }

    /// Keeps the seat until the page goes, or forgets it.
    pub(super) fn store_seat(&self, seat: Option<SeatKey>) {
        self.seat.replace(seat);
    }
}

fn take_seat() -> Option<SeatKey> {
    let seat = read(tab(), SEAT).map(SeatKey);
    write(tab(), SEAT, None);
    seat
}

fn put_seat(seat: Option<&SeatKey>) {
    write(tab(), SEAT, seat.map(|seat| seat.0.as_str()));
}

fn local() -> Option<Items> {
    items(Window::local_storage)
}

fn tab() -> Option<Items> {
    items(Window::session_storage)
}

fn items<E>(of: impl FnOnce(&Window) -> Result<Option<Items>, E>) -> Option<Items> {
    browser::window().ok().and_then(|window| of(&window).ok().flatten())
}

fn read(items: Option<Items>, key: &str) -> Option<String> {
    items?.get_item(key).ok().flatten()
}

/// Where the browser refuses, nothing is kept.
fn write(items: Option<Items>, key: &str, value: Option<&str>) {
    let Some(items) = items else { return };
    let _ = match value {
        Some(value) => items.set_item(key, value),
        None => items.remove_item(key),
    };
}
