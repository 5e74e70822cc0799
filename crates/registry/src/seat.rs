//! A user's place in a room, and pairs of them.

use std::time::Duration;

use protocol::{ParticipantId, SeatKey, UserName};
use serde::{Deserialize, Serialize};

use super::output::{SocketId, UserId};
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

/// Two different participants, whichever way they are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair(ParticipantId, ParticipantId);

impl Pair {
    pub fn new(one: ParticipantId, two: ParticipantId) -> Self {
        Self(one.min(two), one.max(two))
    }

    pub fn both(self) -> [ParticipantId; 2] {
        [self.0, self.1]
    }

    /// The other one, if `participant` is in the pair.
    pub fn other(self, participant: ParticipantId) -> Option<ParticipantId> {
        match participant {
            p if p == self.0 => Some(self.1),
            p if p == self.1 => Some(self.0),
            _ => None,
        }
    }
}
