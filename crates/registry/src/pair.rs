//! Pairs of participants, and what may exist between them.

use std::time::Duration;

use protocol::{Epoch, ParticipantId};

/// An unordered pair of distinct participants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair(ParticipantId, ParticipantId);

impl Pair {
    pub fn new(one: ParticipantId, two: ParticipantId) -> Self {
        Self(one.min(two), one.max(two))
    }

    pub fn both(self) -> [ParticipantId; 2] {
        [self.0, self.1]
    }

    /// Returns the other participant, if `participant` is in the pair.
    pub fn other(self, participant: ParticipantId) -> Option<ParticipantId> {
        match participant {
            p if p == self.0 => Some(self.1),
            p if p == self.1 => Some(self.0),
            _ => None,
        }
    }
}

/// A link between two participants.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinkState {
    /// The current attempt to connect.
    pub epoch: Epoch,
    /// Whether an accepted invitation keeps the link open; the only other reason is the group call.
    pub invited: bool,
}

/// An invitation that has not been answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct PendingInvitation {
    /// The inviter.
    pub from: ParticipantId,
    /// The invitee.
    pub to: ParticipantId,
    /// When the invitation times out.
    pub until: Duration,
}
