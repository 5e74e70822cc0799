//! Limits how often a user may enter rooms: each time reads history, and may write a message to the whole room.

use std::time::Duration;

use protocol::ErrorCode;
use registry::UserId;
use registry::bucket::Rate;
use registry::buckets::{Buckets, TooMany};

/// All rooms that a user may be in, at once after a server restart, and some more; then one per second.
const RATE: Rate = Rate {
    burst: 20.0,
    per_second: 1.0,
};
/// Maximum number of users in memory; each is forgotten at most 20 s after entering.
const MOST: usize = 8 * 1024;

/// Recent entries of each user.
#[derive(Debug)]
pub(super) struct EntryLimiter(Buckets<UserId>);

impl Default for EntryLimiter {
    fn default() -> Self {
        Self(Buckets::new(RATE, MOST))
    }
}

impl EntryLimiter {
    /// Counts a hello, or refuses it.
    pub fn take(&mut self, user: UserId, now: Duration) -> Result<(), ErrorCode> {
        let bucket = self.0.of(user, now).map_err(|TooMany| ErrorCode::ServerBusy)?;
        bucket.take(RATE, 1.0, now).map_err(|_| ErrorCode::ServerBusy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burst_then_one_per_second_for_each_user() {
        let mut entries = EntryLimiter::default();
        let mut come = |user, millis| entries.take(UserId(user), Duration::from_millis(millis));
        assert!((0..20).all(|_| come(1, 0).is_ok()));
        assert_eq!(come(1, 0), Err(ErrorCode::ServerBusy));
        assert_eq!(come(2, 0), Ok(()));
        assert_eq!(come(1, 1000), Ok(()));
    }

    #[test]
    fn idle_users_are_forgotten_for_new_ones() {
        let mut entries = EntryLimiter::default();
        for user in 0..i64::try_from(MOST).expect("few") {
            assert_eq!(entries.take(UserId(user), Duration::ZERO), Ok(()));
        }
        assert_eq!(
            entries.take(UserId(-1), Duration::ZERO),
            Err(ErrorCode::ServerBusy)
        );
        assert_eq!(entries.take(UserId(-1), Duration::from_secs(20)), Ok(()));
    }
}
