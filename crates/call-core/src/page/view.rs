//! The page of the app that is shown.

use protocol::{ErrorCode, RoomName, UnixMillis, UserName};

use crate::core::Core;
use crate::page::PageState;
use crate::{FormError, Lab};

/// The page that is shown, with its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PageView {
    /// Nothing is known yet.
    #[default]
    Starting,
    /// The sign-in page.
    SignIn {
        /// Room to fill in: from the URL, or from an earlier visit.
        room: String,
        /// Whether an answer of the server is pending.
        busy: bool,
        /// Why the last attempt failed.
        error: Option<FormError>,
        /// Whether the form is the one for guests.
        guest: bool,
    },
    /// Signed in, without a room.
    Lobby {
        /// Name of the user.
        name: UserName,
        /// Room to fill in.
        room: String,
        /// Why the last attempt failed.
        error: Option<FormError>,
    },
    /// Before a room, with a preview.
    Ready {
        /// Name of the room.
        room: RoomName,
        /// Name of the user.
        name: UserName,
    },
    /// Joining a room.
    Entering {
        /// Name of the room.
        room: RoomName,
        /// Whether the last attempt to reach the server failed; it is retried.
        unreachable: bool,
    },
    /// Another page of the user is in the room; the user can take over its seat.
    SeatOccupied {
        /// Name of the room.
        room: RoomName,
    },
    /// Another page of the user took over the seat; the user can take it back.
    SeatTakenOver {
        /// Name of the room.
        room: RoomName,
    },
    /// The browser is now signed in to another account, from another tab; the user can continue as that one.
    AnotherUser {
        /// Name of the room.
        room: RoomName,
        /// Name of the account that is signed in.
        name: UserName,
    },
    /// The server refused to let the user in, or closed the socket and does not want a new one right away.
    Refused {
        /// Name of the room.
        room: RoomName,
        /// Reason of the refusal.
        code: ErrorCode,
        /// End of the refusal, if it is known.
        until: Option<UnixMillis>,
    },
    /// In the waiting room.
    Waiting {
        /// Name of the room.
        room: RoomName,
    },
    /// In a room.
    Room {
        /// Name of the room.
        room: RoomName,
        /// Name of the user.
        name: UserName,
        /// Whether the socket is reconnecting; calls go on.
        reconnecting: bool,
    },
    /// In a lab.
    Lab(Lab),
    /// At a path of no page.
    Nowhere,
}

impl PageView {
    /// The page for the state of the core.
    pub(crate) fn of(core: &Core) -> Self {
        let name = core.user.as_ref().map(|user| user.name.clone());
        match (&core.page, name) {
            (PageState::Starting, _) => PageView::Starting,
            (PageState::Door { error }, _) => PageView::SignIn {
                room: core.room_wish.clone(),
                busy: core.signing_in.is_some(),
                error: *error,
                guest: core.as_guest,
            },
            (PageState::Lab(lab), _) => PageView::Lab(*lab),
            (PageState::AnotherUser(room, session), _) => PageView::AnotherUser {
                room: room.clone(),
                name: session.name.clone(),
            },
            (PageState::Nowhere, _) => PageView::Nowhere,
            (_, None) => PageView::SignIn {
                room: core.room_wish.clone(),
                busy: false,
                error: None,
                guest: core.as_guest,
            },
            (PageState::Lobby { error }, Some(name)) => PageView::Lobby {
                name,
                room: core.room_wish.clone(),
                error: *error,
            },
            (PageState::Ready(room), Some(name)) => PageView::Ready {
                room: room.clone(),
                name,
            },
            (PageState::Entering(room), _) => PageView::Entering {
                room: room.clone(),
                unreachable: core.signaling.is_failing(),
            },
            (PageState::Occupied(room), _) => PageView::SeatOccupied { room: room.clone() },
            (PageState::TakenOver(room), _) => PageView::SeatTakenOver { room: room.clone() },
            (PageState::Waiting(room), _) => PageView::Waiting { room: room.clone() },
            (PageState::Refused(room, refusal, until), _) => PageView::Refused {
                room: room.clone(),
                code: *refusal,
                until: *until,
            },
            (PageState::Inside(room), Some(name)) => PageView::Room {
                room: room.clone(),
                name,
                reconnecting: !core.signaling.is_joined(),
            },
        }
    }
}
