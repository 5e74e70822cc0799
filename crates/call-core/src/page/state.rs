//! The page of the app where the user is: sign-in, lobby, before a room, in it, or in a lab.

use protocol::http::SessionInfo;
use protocol::{ErrorCode, RoomName, UnixMillis};

use crate::{FormError, Lab};

/// A page of the app, with its state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum PageState {
    /// The page is opening.
    #[default]
    Starting,
    /// Signed out: the sign-in page.
    Door { error: Option<FormError> },
    /// Signed in, without a room.
    Lobby { error: Option<FormError> },
    /// Before a room, with a preview of camera and microphone.
    Ready(RoomName),
    /// Joining a room.
    Entering(RoomName),
    /// Another page of the user holds the seat.
    Occupied(RoomName),
    /// Another page of the user took over the seat.
    TakenOver(RoomName),
    /// The browser is now signed in to another account, from another tab.
    AnotherUser(RoomName, SessionInfo),
    /// In the waiting room.
    Waiting(RoomName),
    /// The server refused, possibly until a given time.
    Refused(RoomName, ErrorCode, Option<UnixMillis>),
    /// In the room.
    Inside(RoomName),
    /// In a lab, signed in or not.
    Lab(Lab),
    /// At a path of no page, signed in or not.
    Nowhere,
}

impl PageState {
    /// The sign-in page with this error.
    pub(crate) fn door(error: Option<FormError>) -> Self {
        Self::Door { error }
    }

    /// The room that the page belongs to.
    pub(crate) fn room(&self) -> Option<&RoomName> {
        match self {
            Self::Starting | Self::Door { .. } | Self::Lobby { .. } | Self::Lab(_) | Self::Nowhere => None,
            Self::Ready(room)
            | Self::Entering(room)
            | Self::Occupied(room)
            | Self::TakenOver(room)
            | Self::AnotherUser(room, _)
            | Self::Waiting(room)
            | Self::Refused(room, ..)
            | Self::Inside(room) => Some(room),
        }
    }

    /// Whether the page is a lab.
    pub(crate) fn is_lab(&self) -> bool {
        matches!(self, Self::Lab(_))
    }

    /// Whether the page is the same with and without a session.
    pub(crate) fn is_for_all(&self) -> bool {
        matches!(self, Self::Lab(_) | Self::Nowhere)
    }

    /// Whether the page needs a socket.
    pub(crate) fn wants_socket(&self) -> bool {
        matches!(self, Self::Entering(_) | Self::Waiting(_) | Self::Inside(_))
    }
}
