//! Two participants, and what there may be between them.

use std::time::Duration;

use protocol::{Epoch, ParticipantId};

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

/// What holds two participants together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    /// The current attempt.
    pub epoch: Epoch,
    /// Whether an accepted invitation is a reason; the conference is the other one there can be.
    pub invited: bool,
}

/// An invitation that nobody has answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ringing {
    /// Who asks.
    pub from: ParticipantId,
    /// Who is asked.
    pub to: ParticipantId,
    /// When it times out.
    pub until: Duration,
}
