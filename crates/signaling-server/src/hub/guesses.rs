//! How often a user may guess at the passwords of rooms from one place.
//!
//! Each guess costs the server a slow hash, and a room's password is shorter than an account's; so few are let
//! through, whichever rooms they are at. A right one is forgiven.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use protocol::ErrorCode;

use crate::bucket::{Bucket, Rate};
use crate::places::place;
use crate::registry::UserId;

/// Ten at once, and then six a minute.
const RATE: Rate = Rate {
    burst: 10.0,
    per_second: 0.1,
};
/// Guessers that are remembered; each is forgotten 100 s after the last guess at the latest.
const MOST: usize = 8 * 1024;

/// Who guessed of late.
#[derive(Debug, Default)]
pub(super) struct Guesses(HashMap<(UserId, IpAddr), Bucket>);

impl Guesses {
    /// Counts a guess, or refuses it.
    pub fn take(&mut self, user: UserId, from: IpAddr, now: Duration) -> Result<(), ErrorCode> {
        if self.0.len() >= MOST {
            self.0.retain(|_, bucket| !bucket.is_full(RATE, now));
        }
        if self.0.len() >= MOST {
            return Err(ErrorCode::ServerBusy);
        }
        let bucket = self.0.entry((user, place(from)));
        let bucket = bucket.or_insert_with(|| Bucket::full(RATE, now));
        bucket
            .take(RATE, 1.0, now)
            .map_err(|_| ErrorCode::TooManyAttempts)
    }

    /// The guess was right.
    pub fn forgive(&mut self, user: UserId, from: IpAddr) {
        self.0.remove(&(user, place(from)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_guesses_so_often_from_one_place_and_a_right_guess_is_forgiven() {
        let mut guesses = Guesses::default();
        let (here, there) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let now = Duration::ZERO;
        assert!((0..10).all(|_| guesses.take(UserId(1), here, now).is_ok()));
        assert_eq!(
            guesses.take(UserId(1), here, now),
            Err(ErrorCode::TooManyAttempts)
        );
        assert_eq!(guesses.take(UserId(1), there, now), Ok(()));
        assert_eq!(guesses.take(UserId(2), here, now), Ok(()));
        guesses.forgive(UserId(1), here);
        assert_eq!(guesses.take(UserId(1), here, now), Ok(()));
    }
}
