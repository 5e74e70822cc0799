//! Limits how often a user may guess at room passwords from one address.
//!
//! Each guess costs the server a slow hash, and room passwords are shorter than those of accounts; so only a
//! few are allowed, across all rooms. A right guess is not counted, but forgives no wrong ones: the user may
//! own a room and know its password. All guests of one address count as one user, since a client can become
//! another guest at any time.

use std::net::IpAddr;
use std::sync::Arc;

use protocol::ErrorCode;
use registry::UserId;
use registry::bucket::Rate;

use crate::address_limits::address_key;
use crate::attempt_limiter::{AttemptLimiter, Limited, Reservation};
use crate::clock::Clock;
use crate::limits::{ROOM_PASSWORD_GUESSES, ROOM_PASSWORD_GUESSES_WITHIN};
use crate::store::Session;

/// Stands for all guests; no account has this id.
const GUESTS: UserId = UserId(0);
/// Maximum number of users in memory; each is forgotten at most 100 s after the last guess.
const MOST: usize = 8 * 1024;

/// Limit of guesses of a user from one address.
#[derive(Clone, Copy, Debug)]
pub struct PasswordGuessLimits {
    /// The rate of wrong guesses.
    pub rate: Rate,
}

impl PasswordGuessLimits {
    /// Allows `count` guesses at once, and as many again within the period of the limits.
    pub fn of(count: u32) -> Self {
        let burst = f64::from(count);
        let per_second = burst / ROOM_PASSWORD_GUESSES_WITHIN.as_secs_f64();
        let rate = Rate { burst, per_second };
        Self { rate }
    }
}

impl Default for PasswordGuessLimits {
    fn default() -> Self {
        Self::of(ROOM_PASSWORD_GUESSES)
    }
}

/// Recent guesses.
#[derive(Debug)]
pub(super) struct PasswordGuessLimiter {
    rate: Rate,
    limiter: Arc<AttemptLimiter<(UserId, IpAddr)>>,
}

/// A guess that is being checked. Dropping it counts it as wrong; giving it back does not count it.
pub(super) type Guess = Reservation<(UserId, IpAddr)>;

/// Returns the user as which the holder of a session guesses.
pub(super) fn guesser(session: &Session) -> UserId {
    match session.guest_of {
        Some(_) => GUESTS,
        None => session.user,
    }
}

impl PasswordGuessLimiter {
    /// Starts with no guesses.
    pub fn new(rules: PasswordGuessLimits, clock: Clock) -> Self {
        Self {
            rate: rules.rate,
            limiter: AttemptLimiter::new(MOST, clock),
        }
    }

    /// Begins a guess, or refuses it. Waits while the outcome depends on guesses that are still being checked.
    pub async fn begin(&self, user: UserId, from: IpAddr) -> Result<Guess, ErrorCode> {
        let key = (user, address_key(from));
        let guess = self.limiter.begin(|_| [(key, self.rate)]).await;
        guess.map_err(|why| match why {
            Limited::TooMany(_) => ErrorCode::TooManyAttempts,
            Limited::TooMuchCounted => ErrorCode::ServerBusy,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn wrong_guesses_are_limited_per_user_and_address() {
        let guesses = PasswordGuessLimiter::new(PasswordGuessLimits::default(), Clock::start());
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
