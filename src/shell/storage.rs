//! State that outlives the page: session and room for the next visit, and the seat for a reload of this tab.
//!
//! A browser may refuse storage (a private window, a full disk, a policy); then nothing is remembered.
//! Duplicating a tab copies its session storage, but two pages must not hold the same seat. So the seat is in
//! storage only while no page holds it: it is removed when a page opens or is restored, and stored when the
//! page goes.

use std::cell::RefCell;
use std::rc::Rc;

use call_core::HeldSeat;
use gloo_events::EventListener;
use protocol::http::SignedIn;
use protocol::{RoomName, SeatKey, UserName};
use web_sys::{Storage, Window};

use super::browser;

const SESSION: &str = "confab.session";
const ROOM: &str = "confab.room";
const SEAT: &str = "confab.seat";

/// The page's seat; dropping it does not store the seat.
pub(super) struct Seat {
    key: Rc<RefCell<Option<HeldSeat>>>,
    _listeners: Option<[EventListener; 2]>,
}

impl Seat {
    /// Takes the seat that the tab's previous page left in storage.
    pub(super) fn take() -> Self {
        let key = Rc::new(RefCell::new(take_seat()));
        let listeners = browser::window().ok().map(|window| {
            let leaving = Rc::clone(&key);
            let returning = Rc::clone(&key);
            [
                EventListener::new(&window, "pagehide", move |_| put_seat(leaving.borrow().as_ref())),
                EventListener::new(&window, "pageshow", move |_| {
                    if returning.borrow().is_some() {
                        take_seat();
                    }
                }),
            ]
        });
        Self {
            key,
            _listeners: listeners,
        }
    }

    /// The seat that this tab holds, or held when its previous page went.
    pub(super) fn key(&self) -> Option<HeldSeat> {
        self.key.borrow().clone()
    }

    /// Sets the seat to store when the page goes; `None` forgets it.
    pub(super) fn keep(&self, key: Option<HeldSeat>) {
        self.key.replace(key);
    }
}

/// The session of an earlier visit.
pub(super) fn session() -> Option<SignedIn> {
    serde_json::from_str(&read(local(), SESSION)?).ok()
}

/// Whether an earlier visit stored a session, which may be over.
pub(super) fn has_session() -> bool {
    read(local(), SESSION).is_some()
}

/// The room of an earlier visit.
pub(super) fn room() -> Option<RoomName> {
    RoomName::parse(&stored_room()?).ok()
}

/// The room of an earlier visit, as it is stored.
pub(super) fn stored_room() -> Option<String> {
    read(local(), ROOM)
}

/// Stores the session.
pub(super) fn store_session(session: &SignedIn) {
    write(local(), SESSION, serde_json::to_string(session).ok().as_deref());
}

/// Forgets the session, if it is this user's.
pub(super) fn forget_session(user: &UserName) {
    if session().is_some_and(|session| session.name == *user) {
        write(local(), SESSION, None);
    }
}

/// Stores the room.
pub(super) fn store_room(room: &RoomName) {
    write(local(), ROOM, Some(room.as_str()));
}

/// Removes the seat from storage. Stored form: the room name, a space (which no room name contains) and the
/// key.
fn take_seat() -> Option<HeldSeat> {
    let seat = read(tab(), SEAT);
    write(tab(), SEAT, None);
    let (room, key) = seat.as_deref()?.split_once(' ')?;
    Some(HeldSeat {
        room: RoomName::parse(room).ok()?,
        key: SeatKey(key.to_owned()),
    })
}

fn put_seat(seat: Option<&HeldSeat>) {
    let seat = seat.map(|seat| format!("{} {}", seat.room, seat.key.0));
    write(tab(), SEAT, seat.as_deref());
}

/// Storage shared by all pages of the app (`localStorage`).
pub(super) fn local() -> Option<Storage> {
    items(Window::local_storage)
}

fn tab() -> Option<Storage> {
    items(Window::session_storage)
}

fn items<E>(of: impl FnOnce(&Window) -> Result<Option<Storage>, E>) -> Option<Storage> {
    browser::window()
        .ok()
        .and_then(|window| of(&window).ok().flatten())
}

/// Reads the text under a key.
pub(super) fn read(items: Option<Storage>, key: &str) -> Option<String> {
    items?.get_item(key).ok().flatten()
}

/// Stores a text under a key, or removes it. Does nothing where the browser refuses.
pub(super) fn write(items: Option<Storage>, key: &str, value: Option<&str>) {
    let Some(items) = items else { return };
    let _ = match value {
        Some(value) => items.set_item(key, value),
        None => items.remove_item(key),
    };
}
