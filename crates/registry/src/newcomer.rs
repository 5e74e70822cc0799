//! Someone who waits to be let in.

use super::entry::Entry;
#[cfg(any(test, fuzzing, feature = "checks"))]
use super::ids::{SocketId, UserId};

/// Somebody who waits to be let in.
#[derive(Clone, Debug)]
pub(super) struct Newcomer {
    /// As they came; without history, of which they hear nothing yet.
    pub entry: Box<Entry>,
    /// A moderator has let them in, and the history is being read.
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
