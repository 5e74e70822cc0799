//! A user's place in a room.

use std::time::Duration;

use protocol::{SeatKey, UserName};
use serde::{Deserialize, Serialize};

use super::ids::{SocketId, UserId};
use super::rules::Standing;

/// A user's place in a room.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    /// Whose.
    pub user: UserId,
    /// The user's name.
    pub name: UserName,
    /// Whether there is no account behind it.
    pub guest: bool,
    /// How the user stands here, and with others.
    pub standing: Standing,
    /// Of the key with which its page proves itself when it comes back.
    pub key: KeyHash,
    /// Whether its page is connected.
    pub presence: Presence,
}

/// What is known of a seat's key, which is not known itself: its hash, that the host makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHash(pub [u8; 32]);

/// A seat's key, on its way to its page or from it.
#[derive(Clone, Debug)]
pub struct HashedKey {
    /// In clear.
    pub key: SeatKey,
    /// Its hash.
    pub hash: KeyHash,
}

/// Whether a seat's page is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// By this socket.
    Here(SocketId),
    /// No; the seat waits until this moment.
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
