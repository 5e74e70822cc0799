//! The two clocks: one that only runs forward, for deadlines, and the calendar's, for what people read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use protocol::UnixMillis;
use tokio::time::Instant;

/// Counts from the moment it was made.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// Starts to count.
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    /// How long it has counted.
    pub fn elapsed(self) -> Duration {
        self.start.elapsed()
    }

    /// The moment at which it will have counted so long.
    pub fn at(self, elapsed: Duration) -> Instant {
        self.start + elapsed
    }
}

/// The calendar's time.
pub fn unix_millis() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(u64::try_from(since.as_millis()).unwrap_or_default())
}
