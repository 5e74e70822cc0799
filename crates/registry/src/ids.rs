//! Numbers for participants, invitations and epochs.

use std::sync::atomic::{AtomicU64, Ordering};

use protocol::{Epoch, InvitationId, ParticipantId};

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
