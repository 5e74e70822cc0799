//! Numbers: of sockets and users, which the host gives; of participants, invitations and epochs, which are given out here.

use std::sync::atomic::{AtomicU64, Ordering};

use protocol::{Epoch, InvitationId, ParticipantId};
use serde::{Deserialize, Serialize};

/// One socket, for as long as the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// One account or guest, as the store numbers them; never told to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UserId(pub i64);

/// Gives out numbers, each once: participants, invitations and epochs of all rooms share one row.
#[derive(Debug)]
pub(super) struct Ids(AtomicU64);

impl Ids {
    /// Numbers that are all greater than `after`.
    pub fn new(after: u64) -> Self {
        Self(AtomicU64::new(after))
    }

    /// Gives out nothing up to this one.
    pub fn skip(&self, taken: u64) {
        self.0.fetch_max(taken, Ordering::Relaxed);
    }

    /// The last number that was given out.
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
