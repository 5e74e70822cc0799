//! How often a user may come in: each time reads history, and may write a line to everybody in the room.

use std::time::Duration;

use protocol::ErrorCode;
use registry::UserId;
use registry::bucket::Rate;
use registry::buckets::{Buckets, TooMany};

/// All the rooms that a user may be in at once, after the server started anew, and some more; then one a second.
const RATE: Rate = Rate {
    burst: 20.0,
    per_second: 1.0,
};
/// Users that are remembered; each is forgotten 20 s after coming in at the latest.
const MOST: usize = 8 * 1024;

/// Who came in of late.
#[derive(Debug)]
pub(super) struct Greetings(Buckets<UserId>);

impl Default for Greetings {
    fn default() -> Self {
        Self(Buckets::new(RATE, MOST))
    }
}

impl Greetings {
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
    fn a_user_comes_in_so_often_at_once_and_again_a_second_later_and_others_as_they_like() {
        let mut greetings = Greetings::default();
        let mut come = |user, millis| greetings.take(UserId(user), Duration::from_millis(millis));
        assert!((0..20).all(|_| come(1, 0).is_ok()));
        assert_eq!(come(1, 0), Err(ErrorCode::ServerBusy));
        assert_eq!(come(2, 0), Ok(()));
        assert_eq!(come(1, 1000), Ok(()));
    }

    #[test]
    fn those_who_came_long_ago_are_forgotten_for_others() {
        let mut greetings = Greetings::default();
        for user in 0..i64::try_from(MOST).expect("few") {
            assert_eq!(greetings.take(UserId(user), Duration::ZERO), Ok(()));
        }
        assert_eq!(
            greetings.take(UserId(-1), Duration::ZERO),
            Err(ErrorCode::ServerBusy)
        );
        assert_eq!(greetings.take(UserId(-1), Duration::from_secs(20)), Ok(()));
    }
}
