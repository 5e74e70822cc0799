//! Seats: users' places in a room.

use std::time::Duration;

use protocol::{SeatKey, UserName};
use serde::{Deserialize, Serialize};

use super::ids::{SocketId, UserId};
use super::rules::Standing;

/// A user's seat in a room.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    /// The account or guest.
    pub user: UserId,
    /// The user's name.
    pub name: UserName,
    /// Whether the user is a guest.
    pub guest: bool,
    /// The user's standing in the room.
    pub standing: Standing,
    /// Hash of the key by which the seat's page proves itself when it comes back.
    pub key: KeyHash,
    /// Whether the page is connected.
    pub presence: Presence,
}

/// The hash of a seat's key, made by the host. The key itself is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHash(pub [u8; 32]);

/// A seat's key, on the way to its page or from it.
#[derive(Clone, Debug)]
pub struct HashedKey {
    /// The key in clear.
    pub key: SeatKey,
    /// The key's hash.
    pub hash: KeyHash,
}

/// Whether a seat's page is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Connected by this socket.
    Here(SocketId),
    /// Disconnected; the seat is held until then.
    Away(Duration),
}

impl Seat {
    pub fn socket(&self) -> Option<SocketId> {
        match self.presence {
            Presence::Here(socket) => Some(socket),
            Presence::Away(_) => None,
        }
    }
}
