//! How often a user may guess at the passwords of rooms from one place.
//!
//! Each guess costs the server a slow hash, and a room's password is shorter than an account's; so few are let
//! through, whichever rooms they are at. A right one is not counted, and forgives no wrong one: whoever guesses may have
//! a room of their own. All guests of one place are one guesser, since one may be another guest any time.

use std::net::IpAddr;
use std::sync::Arc;

use protocol::ErrorCode;
use registry::UserId;
use registry::bucket::Rate;

use crate::clock::Clock;
use crate::limits::{ROOM_PASSWORD_GUESSES, ROOM_PASSWORD_GUESSES_WITHIN};
use crate::places::place;
use crate::store::Session;
use crate::tries::{NotNow, Tries, Try};

/// Who guesses when a guest does; no account has this number.
const GUESTS: UserId = UserId(0);
/// Guessers that are remembered; each is forgotten 100 s after the last guess at the latest.
const MOST: usize = 8 * 1024;

/// How often a user may guess, from one place.
#[derive(Clone, Copy, Debug)]
pub struct GuessRules {
    /// So often.
    pub rate: Rate,
}

impl GuessRules {
    /// So many guesses at once, and as many again in the time within which they are counted.
    pub fn of(count: u32) -> Self {
        let burst = f64::from(count);
        let per_second = burst / ROOM_PASSWORD_GUESSES_WITHIN.as_secs_f64();
        let rate = Rate { burst, per_second };
        Self { rate }
    }
}

impl Default for GuessRules {
    fn default() -> Self {
        Self::of(ROOM_PASSWORD_GUESSES)
    }
}

/// Who guessed of late.
#[derive(Debug)]
pub(super) struct Guesses {
    rate: Rate,
    tries: Arc<Tries<(UserId, IpAddr)>>,
}

/// A guess that is being checked. It counts when it is dropped, and not when it is given back.
pub(super) type Guess = Try<(UserId, IpAddr)>;

/// As whom the holder of a session guesses.
pub(super) fn guesser(session: &Session) -> UserId {
    match session.guest_of {
        Some(_) => GUESTS,
        None => session.user,
    }
}

impl Guesses {
    /// Nobody has guessed; so often each may.
    pub fn new(rules: GuessRules, clock: Clock) -> Self {
        Self {
            rate: rules.rate,
            tries: Tries::new(MOST, clock),
        }
    }

    /// Begins a guess, or refuses it. Waits while those before it are being checked, if it depends on them.
    pub async fn begin(&self, user: UserId, from: IpAddr) -> Result<Guess, ErrorCode> {
        let key = (user, place(from));
        let guess = self.tries.begin(|_| [(key, self.rate)]).await;
        guess.map_err(|why| match why {
            NotNow::TooMany(_) => ErrorCode::TooManyAttempts,
            NotNow::TooMuchCounted => ErrorCode::ServerBusy,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_user_guesses_so_often_from_one_place_and_a_right_guess_is_not_counted() {
        let guesses = Guesses::new(GuessRules::default(), Clock::start());
        let (here, there) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        for _ in 0..10 {
            let right = guesses.begin(UserId(1), here).await.expect("let in");
            right.give_back();
            drop(guesses.begin(UserId(1), here).await.expect("let in"));
        }
        let refused = guesses.begin(UserId(1), here).await.map(drop);
        assert_eq!(refused, Err(ErrorCode::TooManyAttempts));
        assert!(guesses.begin(UserId(1), there).await.is_ok());
        assert!(guesses.begin(UserId(2), here).await.is_ok());
    }
}
