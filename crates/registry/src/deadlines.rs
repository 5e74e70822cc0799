//! Deadlines of a room, in order.

use std::collections::BTreeSet;
use std::time::Duration;

use protocol::{InvitationId, ParticipantId};

/// What ends at a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// A ringing invitation.
    Invitation(InvitationId),
    /// A seat that is held for its page.
    Seat(ParticipantId),
}

/// The deadlines of a room; each is cleared if what it would end ends otherwise.
#[derive(Debug, Default)]
pub(super) struct Deadlines(BTreeSet<(Duration, Due)>);

impl Deadlines {
    pub fn set(&mut self, at: Duration, due: Due) {
        self.0.insert((at, due));
    }

    pub fn clear(&mut self, at: Duration, due: Due) {
        self.0.remove(&(at, due));
    }

    pub fn next(&self) -> Option<Duration> {
        self.0.first().map(|(at, _)| *at)
    }

    /// All deadlines, in order.
    #[cfg(any(test, fuzzing, feature = "checks"))]
    pub fn all(&self) -> impl Iterator<Item = &(Duration, Due)> {
        self.0.iter()
    }

    /// Removes and returns the first deadline that has passed.
    pub fn pop(&mut self, now: Duration) -> Option<Due> {
        if self.next()? > now {
            return None;
        }
        self.0.pop_first().map(|(_, due)| due)
    }
}
