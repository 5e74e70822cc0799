//! Detects that the device slept or the page was suspended, and then checks every connection, as after a
//! change of network.
//!
//! Browsers stop timers while the device sleeps and slow them down in hidden pages. So a timer runs that does
//! nothing else; when it fires much later than it was due, every open connection may be dead.

use std::time::Duration;

use protocol::UnixMillis;

use crate::turn::Turn;
use crate::{Core, Timer};

/// Interval of the timer, and so the longest time until a sleep is noticed.
const EVERY: Duration = Duration::from_secs(5);

/// Lateness that counts as sleep. Hidden pages have their timers delayed by up to a second.
const LATE: Duration = Duration::from_secs(5);

/// When the timer is due; `None` while it does not run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SleepDetector(Option<UnixMillis>);

impl SleepDetector {
    /// Whether the timer that fires now is so late that the device slept.
    fn slept(self, now: UnixMillis) -> bool {
        self.0.is_some_and(|due| now.since(due) > LATE)
    }
}

impl Core {
    /// Runs the timer while the user is in a room.
    pub(crate) fn run_sleep_detector(&mut self, turn: &mut Turn) {
        match (self.room.is_some(), self.sleep_detector.0.is_some()) {
            (true, false) => self.beat(turn),
            (false, true) => {
                self.sleep_detector = SleepDetector::default();
                turn.stop(Timer::SleepCheck);
            }
            (true, true) | (false, false) => {}
        }
    }

    /// The timer fired: starts it again, and checks all connections after a sleep.
    pub(crate) fn sleep_detector(&mut self, turn: &mut Turn) {
        if self.sleep_detector.0.is_none() {
            return;
        }
        let slept = self.sleep_detector.slept(turn.now());
        self.beat(turn);
        if slept {
            self.network_changed(turn, false);
        }
    }

    fn beat(&mut self, turn: &mut Turn) {
        let after = u64::try_from(EVERY.as_millis()).unwrap_or_default();
        self.sleep_detector = SleepDetector(Some(UnixMillis(turn.now().0 + after)));
        turn.start(Timer::SleepCheck, EVERY);
    }

    /// Handles a change of network, certain or possible: checks the socket first, as recovery of all else
    /// needs it, then every link.
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
