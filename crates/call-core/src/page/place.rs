//! Where the user is: at the door, in the lobby, on the way into a room, in it, or in a lab.

use protocol::http::SessionInfo;
use protocol::{ErrorCode, RoomName, UnixMillis};

use crate::{FormError, Lab};

/// The places, and what is open at each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// The page is opening.
    #[default]
    Starting,
    /// Not signed in.
    Door { error: Option<FormError> },
    /// Signed in, in no room.
    Lobby { error: Option<FormError> },
    /// About to enter a room: the user sees themselves first.
    Ready(RoomName),
    /// On the way into a room.
    Entering(RoomName),
    /// Another page of the user has the seat.
    Occupied(RoomName),
    /// Another page of the user took the seat over.
    TakenOver(RoomName),
    /// The browser is signed in to another account by now, in another tab.
    AnotherUser(RoomName, SessionInfo),
    /// A moderator has to let the user in.
    Waiting(RoomName),
    /// The server said no, perhaps until a moment.
    Refused(RoomName, ErrorCode, Option<UnixMillis>),
    /// In the room.
    Inside(RoomName),
    /// In a lab, signed in or not.
    Lab(Lab),
    /// At an address of no page, signed in or not.
    Nowhere,
}

impl Place {
    /// The door, nothing tried.
    pub(crate) fn door(error: Option<FormError>) -> Self {
        Self::Door { error }
    }

    /// The room that the place is about.
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

    /// Whether it is a lab.
    pub(crate) fn is_lab(&self) -> bool {
        matches!(self, Self::Lab(_))
    }

    /// Whether it is the same for who is signed in and who is not.
    pub(crate) fn is_for_all(&self) -> bool {
        matches!(self, Self::Lab(_) | Self::Nowhere)
    }

    /// Whether a socket is wanted here.
    pub(crate) fn wants_socket(&self) -> bool {
        matches!(self, Self::Entering(_) | Self::Waiting(_) | Self::Inside(_))
    }
}
