//! What ends by itself in a room, in the order in which it does.

use std::collections::BTreeSet;
use std::time::Duration;

use protocol::{InvitationId, ParticipantId};

/// Something that ends when no one acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// An invitation stops ringing.
    Invitation(InvitationId),
    /// A seat is given up for its page.
    Seat(ParticipantId),
}

/// The deadlines of a room; each is taken out when what it would end has ended otherwise.
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

    /// All of them, in order.
    #[cfg(any(test, fuzzing, feature = "checks"))]
    pub fn all(&self) -> impl Iterator<Item = &(Duration, Due)> {
        self.0.iter()
    }

    /// Takes out the first that is due.
    pub fn pop(&mut self, now: Duration) -> Option<Due> {
        if self.next()? > now {
            return None;
        }
        self.0.pop_first().map(|(_, due)| due)
    }
}
