//! Send rate of the user's messages: as fast as the server accepts them without refusing any.
//!
//! The server has a token bucket per socket, with a burst and a rate per second. Queued messages (hundreds, after an
//! outage of the server) follow a copy of that bucket, with a bounded number in flight; some tokens are left for other
//! kinds of messages. If the server still refuses one, messages are sent one at a time, so that they keep their order.

use std::time::Duration;

use protocol::UnixMillis;
use protocol::limits::{CHAT_BURST, CHAT_PER_SECOND};

/// Maximum messages in flight, so that not each of them waits for a round trip (chosen).
const WINDOW: usize = 10;

/// Tokens left in the server's bucket for invitations and the group call (chosen).
const SPARED: u64 = 10;

/// Cost of a message: the bucket counts thousandths of a message, so that it fills by a whole number per millisecond.
const LINE: u64 = 1000;

/// Size of the local bucket: the server's burst less what is spared, in thousandths of a message.
const FULL: u64 = (CHAT_BURST as u64 - SPARED) * LINE;

/// Backoff after the first refusal; doubles with each further one (chosen).
const FIRST_PAUSE: Duration = Duration::from_millis(400);

/// Maximum backoff (chosen).
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Token bucket, window and backoff.
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
    /// Returns whether another message may be sent, given how many are in flight.
    pub(super) fn has_room(&self, on_the_way: usize) -> bool {
        on_the_way < self.window
    }

    /// Takes the tokens for one message; the error is the time until there are enough.
    pub(super) fn take(&mut self, now: UnixMillis) -> Result<(), Duration> {
        // If the page's clock was set back, no time has passed.
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

    /// Handles a refusal: from now on one message is in flight at a time. Returns the backoff.
    pub(super) fn refused(&mut self) -> Duration {
        self.window = 1;
        let pause = self.pause;
        self.pause = (pause * 2).min(LONGEST_PAUSE);
        pause
    }

    /// Resets the backoff, as the server accepted a message.
    pub(super) fn taken(&mut self) {
        self.pause = FIRST_PAUSE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_sent_at_the_servers_rate() {
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
    fn clock_set_back_does_not_stop_sending() {
        let mut pace = Pace::default();
        while pace.take(UnixMillis(5_000_000)).is_ok() {}
        let wait = pace.take(UnixMillis(1_000)).expect_err("nothing has passed");
        assert!(wait <= Duration::from_secs(1));
        assert_eq!(pace.take(UnixMillis(2_000)), Ok(()));
    }

    #[test]
    fn backoff_grows_until_a_message_is_accepted() {
        let mut pace = Pace::default();
        assert!(pace.has_room(WINDOW - 1) && !pace.has_room(WINDOW));
        assert!(pace.refused() < pace.refused());
        assert!(!pace.has_room(1), "one at a time");
        pace.taken();
        assert_eq!(pace.refused(), FIRST_PAUSE);
    }
}
