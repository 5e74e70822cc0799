//! Someone who comes, with all that decides how they are received.

use protocol::{ChatMessage, UserName};

use super::door::Door;
use super::ids::{SocketId, UserId};
use super::seat::HashedKey;

/// Somebody who has proved who they are, or is a guest, and wants to be in a room.
#[derive(Clone, Debug)]
pub struct Entry {
    /// By this socket.
    pub socket: SocketId,
    /// Whose account.
    pub user: UserId,
    /// The account's name, or the guest's.
    pub name: UserName,
    /// Whether there is no account.
    pub guest: bool,
    /// The seat to come back to.
    pub seat: Option<HashedKey>,
    /// Whether to take the user's seat from another page.
    pub take_over: bool,
    /// The key of the new seat, if it comes to one: fresh, and impossible to guess.
    pub fresh_key: HashedKey,
    /// The room's newest messages, as of now.
    pub history: History,
    /// What decides whether the user is let in, as of now.
    pub door: Door,
}

/// A page of a room's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Oldest first.
    pub messages: Vec<ChatMessage>,
    /// Whether there is nothing before these.
    pub complete: bool,
}
