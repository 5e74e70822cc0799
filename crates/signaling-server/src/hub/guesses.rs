//! How often a user may guess at the passwords of rooms from one place.
//!
//! Each guess costs the server a slow hash, and a room's password is shorter than an account's; so few are let
//! through, whichever rooms they are at. A right one is not counted, and forgives no wrong one: whoever guesses may have
//! a room of their own. All guests of one place are one guesser, since one may be another guest any time.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use protocol::ErrorCode;

use crate::bucket::{Bucket, Rate};
use crate::places::place;
use crate::registry::UserId;
use crate::store::Session;

/// Who guesses when a guest does; no account has this number.
const GUESTS: UserId = UserId(0);
/// Guessers that are remembered; each is forgotten 100 s after the last guess at the latest.
const MOST: usize = 8 * 1024;

/// Who guessed of late.
#[derive(Debug)]
pub(super) struct Guesses {
    rate: Rate,
    guessers: HashMap<(UserId, IpAddr), Bucket>,
}

/// As whom the holder of a session guesses.
pub(super) fn guesser(session: &Session) -> UserId {
    match session.guest_of {
        Some(_) => GUESTS,
        None => session.user,
    }
}

impl Guesses {
    /// Nobody has guessed; so often each may.
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            guessers: HashMap::new(),
        }
    }

    /// Counts a guess, or refuses it.
    pub fn take(&mut self, user: UserId, from: IpAddr, now: Duration) -> Result<(), ErrorCode> {
        let rate = self.rate;
        if self.guessers.len() >= MOST {
            self.guessers.retain(|_, bucket| !bucket.is_full(rate, now));
        }
        if self.guessers.len() >= MOST {
            return Err(ErrorCode::ServerBusy);
        }
        let bucket = self.guessers.entry((user, place(from)));
        let bucket = bucket.or_insert_with(|| Bucket::full(rate, now));
        bucket
            .take(rate, 1.0, now)
            .map_err(|_| ErrorCode::TooManyAttempts)
    }

    /// The guess was right.
    pub fn was_right(&mut self, user: UserId, from: IpAddr, now: Duration) {
        if let Some(bucket) = self.guessers.get_mut(&(user, place(from))) {
            bucket.give(self.rate, 1.0, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Bounds;

    #[test]
    fn a_user_guesses_so_often_from_one_place_and_a_right_guess_is_not_counted() {
        let mut guesses = Guesses::new(Bounds::default().password_guesses);
        let (here, there) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let now = Duration::ZERO;
        assert!((0..10).all(|_| guesses.take(UserId(1), here, now).is_ok()));
        assert_eq!(
            guesses.take(UserId(1), here, now),
            Err(ErrorCode::TooManyAttempts)
        );
        assert_eq!(guesses.take(UserId(1), there, now), Ok(()));
        assert_eq!(guesses.take(UserId(2), here, now), Ok(()));
        guesses.was_right(UserId(1), here, now);
        assert_eq!(guesses.take(UserId(1), here, now), Ok(()));
    }
}
