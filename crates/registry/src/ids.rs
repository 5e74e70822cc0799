//! Ids of sockets and users, assigned by the host, and of participants, invitations and epochs, assigned here.

use std::sync::atomic::{AtomicU64, Ordering};

use protocol::{Epoch, InvitationId, ParticipantId};
use serde::{Deserialize, Serialize};

/// A socket, for as long as the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// An account or guest, as numbered by the store; never sent to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UserId(pub i64);

/// Assigns numbers, each once; participants, invitations and epochs of all rooms share one sequence.
#[derive(Debug)]
pub(super) struct Ids(AtomicU64);

impl Ids {
    /// Returns a sequence whose numbers are all greater than `after`.
    pub fn new(after: u64) -> Self {
        Self(AtomicU64::new(after))
    }

    /// Never assigns `taken` or a smaller number from now on.
    pub fn skip(&self, taken: u64) {
        self.0.fetch_max(taken, Ordering::Relaxed);
    }

    /// The last number assigned.
    #[cfg(any(test, fuzzing, feature = "checks"))]
    pub fn last(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub fn participant(&self) -> ParticipantId {
        ParticipantId(self.next())
    }

    pub fn invitation(&self) -> InvitationId {
        InvitationId(self.next())
    }

    pub fn epoch(&self) -> Epoch {
        Epoch(self.next())
    }

    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }
}
