//! How fast the user's lines go out: as fast as the server takes them, so that it refuses none.
//!
//! The server gives each socket so many lines at once and then so many a second. Lines that wait (hundreds, after the
//! server was out of reach) follow its bucket, some of them on the way at a time; what else draws on that bucket
//! finds something left in it. A server that takes less than usual is asked slowly, so that lines keep their order.

use std::time::Duration;

use protocol::UnixMillis;
use protocol::limits::{CHAT_BURST, CHAT_PER_SECOND};

/// Lines that are on the way at the same time: one round trip is not waited for with each.
const WINDOW: usize = 10;

/// Left in the server's bucket for invitations and the conference.
const SPARED: u64 = 10;

/// What a line takes: the bucket is counted in thousandths of a line, and so fills by a whole number a millisecond.
const LINE: u64 = 1000;

const FULL: u64 = (CHAT_BURST as u64 - SPARED) * LINE;

/// The pause after a refusal; it doubles with each that follows.
const FIRST_PAUSE: Duration = Duration::from_millis(400);

const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What may be sent now.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    credit: u64,
    at: UnixMillis,
    window: usize,
    pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            credit: FULL,
            at: UnixMillis(0),
            window: WINDOW,
            pause: FIRST_PAUSE,
        }
    }
}

impl Pace {
    /// Whether one more may be on the way.
    pub(super) fn has_room(&self, on_the_way: usize) -> bool {
        on_the_way < self.window
    }

    /// Takes what a line costs, or says how long that is to be waited for.
    pub(super) fn take(&mut self, now: UnixMillis) -> Result<(), Duration> {
        // The page's clock may be set back: then nothing has passed.
        let passed = now.0.saturating_sub(self.at.0);
        self.at = now;
        self.credit = passed
            .saturating_mul(u64::from(CHAT_PER_SECOND))
            .saturating_add(self.credit)
            .min(FULL);
        if self.credit >= LINE {
            self.credit -= LINE;
            return Ok(());
        }
        let missing = LINE - self.credit;
        Err(Duration::from_millis(
            missing.div_ceil(u64::from(CHAT_PER_SECOND)),
        ))
    }

    /// The server took less than it should: one at a time from here on, after a pause.
    pub(super) fn refused(&mut self) -> Duration {
        self.window = 1;
        let pause = self.pause;
        self.pause = (pause * 2).min(LONGEST_PAUSE);
        pause
    }

    /// A line came back.
    pub(super) fn taken(&mut self) {
        self.pause = FIRST_PAUSE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_out_as_fast_as_the_server_takes_them() {
        let mut pace = Pace::default();
        let mut now = 1_000_000;
        let mut sent = 0;
        while sent < 200 {
            match pace.take(UnixMillis(now)) {
                Ok(()) => sent += 1,
                Err(after) => now += u64::try_from(after.as_millis()).expect("a short time"),
            }
        }
        let at_once = u64::from(CHAT_BURST) - SPARED;
        let millis = (200 - at_once) * 1000 / u64::from(CHAT_PER_SECOND);
        assert_eq!(now - 1_000_000, millis);
    }

    #[test]
    fn a_clock_that_is_set_back_stops_nothing() {
        let mut pace = Pace::default();
        while pace.take(UnixMillis(5_000_000)).is_ok() {}
        let wait = pace.take(UnixMillis(1_000)).expect_err("nothing has passed");
        assert!(wait <= Duration::from_secs(1));
        assert_eq!(pace.take(UnixMillis(2_000)), Ok(()));
    }

    #[test]
    fn refusals_in_a_row_are_answered_ever_more_slowly_until_a_line_is_taken() {
        let mut pace = Pace::default();
        assert!(pace.has_room(WINDOW - 1) && !pace.has_room(WINDOW));
        assert!(pace.refused() < pace.refused());
        assert!(!pace.has_room(1), "one at a time");
        pace.taken();
        assert_eq!(pace.refused(), FIRST_PAUSE);
    }
}
