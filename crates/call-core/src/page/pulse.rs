//! What a computer that slept, a page that was put aside or another network mean for what is open: a look at all of it.
//!
//! Browsers stop timers while a computer sleeps and slow them down in pages out of sight. So a timer runs that does
//! nothing, and when it fires much later than it was set for, everything may be dead that says it is open.

use std::time::Duration;

use protocol::UnixMillis;

use crate::turn::Turn;
use crate::{Core, Timer};

/// How often: a sleep is noticed this long after its end, at the latest.
const EVERY: Duration = Duration::from_secs(5);

/// How late is too late: pages out of sight have their timers put off by a second.
const LATE: Duration = Duration::from_secs(5);

/// When the timer shall fire; none while it does not run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pulse(Option<UnixMillis>);

impl Pulse {
    /// Whether the timer that fires now is much too late.
    fn slept(self, now: UnixMillis) -> bool {
        self.0.is_some_and(|due| now.since(due) > LATE)
    }
}

impl Core {
    /// Runs the pulse while there is a room to be in.
    pub(crate) fn run_pulse(&mut self, turn: &mut Turn) {
        match (self.room.is_some(), self.pulse.0.is_some()) {
            (true, false) => self.beat(turn),
            (false, true) => {
                self.pulse = Pulse::default();
                turn.stop(Timer::Pulse);
            }
            (true, true) | (false, false) => {}
        }
    }

    /// The timer of the pulse fired.
    pub(crate) fn pulse(&mut self, turn: &mut Turn) {
        if self.pulse.0.is_none() {
            return;
        }
        let slept = self.pulse.slept(turn.now());
        self.beat(turn);
        if slept {
            self.network_changed(turn, false);
        }
    }

    fn beat(&mut self, turn: &mut Turn) {
        let after = u64::try_from(EVERY.as_millis()).unwrap_or_default();
        self.pulse = Pulse(Some(UnixMillis(turn.now().0 + after)));
        turn.start(Timer::Pulse, EVERY);
    }

    /// The network is another one, for certain or perhaps: the socket is looked at first, since all else is mended by
    /// way of it, and then every connection.
    pub(crate) fn network_changed(&mut self, turn: &mut Turn, certain: bool) {
        if certain {
            self.signaling.went_online(turn);
        } else {
            self.signaling.probe(turn);
        }
        for link in self.room.iter_mut().flat_map(|room| &mut room.links) {
            link.network_changed(turn, certain);
        }
    }
}
