//! A user in the waiting room.

use super::entry::Entry;
#[cfg(any(test, fuzzing, feature = "checks"))]
use super::ids::{SocketId, UserId};

/// A user in the waiting room.
#[derive(Clone, Debug)]
pub(super) struct Newcomer {
    /// The user's entry, without history: none is sent before admission.
    pub entry: Box<Entry>,
    /// Whether a moderator has admitted the user, and the history is being read.
    pub admitted: bool,
}

#[cfg(any(test, fuzzing, feature = "checks"))]
impl Newcomer {
    pub fn user(&self) -> UserId {
        self.entry.user
    }

    pub fn socket(&self) -> SocketId {
        self.entry.socket
    }
}
