//! The two clocks: a monotonic one for deadlines, and the wall clock for what people read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use protocol::UnixMillis;
use tokio::time::Instant;

/// A monotonic clock, which counts from its start.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// Starts the clock.
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    /// Time since the start.
    pub fn elapsed(self) -> Duration {
        self.start.elapsed()
    }

    /// Returns the instant at this time since the start.
    pub fn at(self, elapsed: Duration) -> Instant {
        self.start + elapsed
    }
}

/// Returns the wall-clock time.
pub fn unix_millis() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(u64::try_from(since.as_millis()).unwrap_or_default())
}
