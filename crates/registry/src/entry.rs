//! A user who enters a room, with all that decides about admission.

use protocol::{ChatMessage, UserName};

use super::door::Door;
use super::ids::{SocketId, UserId};
use super::seat::HashedKey;

/// An authenticated user, or a guest, who wants to enter a room.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The user's socket.
    pub socket: SocketId,
    /// The account or guest.
    pub user: UserId,
    /// The name of the account or guest.
    pub name: UserName,
    /// Whether the user is a guest.
    pub guest: bool,
    /// The seat to resume.
    pub seat: Option<HashedKey>,
    /// Whether to take over the user's seat from another page.
    pub take_over: bool,
    /// The key for a new seat, if one is created: fresh and impossible to guess.
    pub fresh_key: HashedKey,
    /// The newest page of the room's history, just read.
    pub history: History,
    /// What decides whether the user is admitted, just read.
    pub door: Door,
}

/// A page of a room's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The messages, oldest first.
    pub messages: Vec<ChatMessage>,
    /// Whether there are no earlier messages.
    pub complete: bool,
}
