//! Which page is shown.

use protocol::{ErrorCode, RoomName, UnixMillis, UserName};

use crate::core::Core;
use crate::page::Place;
use crate::{FormError, Lab};

/// The page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PageView {
    /// Nothing is known yet.
    #[default]
    Starting,
    /// At the door, not signed in.
    SignIn {
        /// The room to fill in: the one of the address, or of an earlier visit.
        room: String,
        /// An answer is awaited.
        busy: bool,
        /// Why the last attempt came to nothing.
        error: Option<FormError>,
        /// Whether the user came, or wanted to come, without an account.
        guest: bool,
    },
    /// Signed in, in no room.
    Lobby {
        /// The user.
        name: UserName,
        /// The room to fill in.
        room: String,
        /// Why the last attempt came to nothing.
        error: Option<FormError>,
    },
    /// About to enter a room.
    Ready {
        /// Which.
        room: RoomName,
        /// The user.
        name: UserName,
    },
    /// On the way into a room.
    Entering {
        /// Which.
        room: RoomName,
        /// The server has not been reached so far, and is tried again.
        unreachable: bool,
    },
    /// Another page of the same user is in the room: take the seat over?
    SeatOccupied {
        /// Which room.
        room: RoomName,
    },
    /// Another page of the same user took the seat over: take it back?
    SeatTakenOver {
        /// Which room.
        room: RoomName,
    },
    /// The browser is signed in to another account by now, in another tab: go on as that one?
    AnotherUser {
        /// Which room.
        room: RoomName,
        /// Who is signed in.
        name: UserName,
    },
    /// The server does not let the user in, or closed the socket and wants no new one at once.
    Refused {
        /// Which room.
        room: RoomName,
        /// Why.
        code: ErrorCode,
        /// Until when, if that is known.
        until: Option<UnixMillis>,
    },
    /// A moderator has to let the user in.
    Waiting {
        /// Which room.
        room: RoomName,
    },
    /// In a room.
    Room {
        /// Which.
        room: RoomName,
        /// The user.
        name: UserName,
        /// The socket broke and is being opened again; calls go on.
        reconnecting: bool,
    },
    /// In a lab.
    Lab(Lab),
    /// At an address of no page.
    Nowhere,
}

impl PageView {
    /// The page of the core.
    pub(crate) fn of(core: &Core) -> Self {
        let name = core.user.as_ref().map(|user| user.name.clone());
        match (&core.place, name) {
            (Place::Starting, _) => PageView::Starting,
            (Place::Door { error }, _) => PageView::SignIn {
                room: core.room_wish.clone(),
                busy: core.signing_in.is_some(),
                error: *error,
                guest: core.as_guest,
            },
            (Place::Lab(lab), _) => PageView::Lab(*lab),
            (Place::AnotherUser(room, session), _) => PageView::AnotherUser {
                room: room.clone(),
                name: session.name.clone(),
            },
            (Place::Nowhere, _) => PageView::Nowhere,
            (_, None) => PageView::SignIn {
                room: core.room_wish.clone(),
                busy: false,
                error: None,
                guest: core.as_guest,
            },
            (Place::Lobby { error }, Some(name)) => PageView::Lobby {
                name,
                room: core.room_wish.clone(),
                error: *error,
            },
            (Place::Ready(room), Some(name)) => PageView::Ready {
                room: room.clone(),
                name,
            },
            (Place::Entering(room), _) => PageView::Entering {
                room: room.clone(),
                unreachable: core.signaling.is_failing(),
            },
            (Place::Occupied(room), _) => PageView::SeatOccupied { room: room.clone() },
            (Place::TakenOver(room), _) => PageView::SeatTakenOver { room: room.clone() },
            (Place::Waiting(room), _) => PageView::Waiting { room: room.clone() },
            (Place::Refused(room, refusal, until), _) => PageView::Refused {
                room: room.clone(),
                code: *refusal,
                until: *until,
            },
            (Place::Inside(room), Some(name)) => PageView::Room {
                room: room.clone(),
                name,
                reconnecting: !core.signaling.is_joined(),
            },
        }
    }
}
