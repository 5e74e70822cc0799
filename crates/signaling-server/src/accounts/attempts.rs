//! Limits how often clients may try to sign in, create accounts and join as guests.
//!
//! Failed sign-ins are counted per account, from any address, and per address, with room for a class behind one
//! router. Once a bucket is empty, each further attempt waits for a token. That alone would let others lock the
//! owner of an account out, so an address that has sent the account's right password has a bucket of its own
//! for that account. An attempt that is still being checked does not count as failed ([`AttemptLimiter`]).

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;
use registry::bucket::Rate;

use super::Refused;
use crate::address_limits::address_key;
use crate::attempt_limiter::{AttemptLimiter, Limited, Reservation};
use crate::clock::Clock;
use crate::limits::{
    ACCOUNTS_PER_ADDRESS, ATTEMPTS_WITHIN, FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, NEW_GUESTS_PER_ADDRESS,
};

/// Maximum number of buckets in memory: at about 100 bytes each, a few megabytes.
const MOST: usize = 32 * 1024;

/// Rates of the attempts.
#[derive(Clone, Copy, Debug)]
pub struct AttemptRates {
    /// Failed sign-ins to one account.
    pub of_account: Rate,
    /// Failed sign-ins and wrong invite codes from one address.
    pub of_address: Rate,
    /// New accounts from one address.
    pub new_accounts: Rate,
    /// Requests to join as a guest from one address, admitted or not.
    pub new_guests: Rate,
}

impl Default for AttemptRates {
    fn default() -> Self {
        Self::within(
            FAILURES_PER_ACCOUNT,
            FAILURES_PER_ADDRESS,
            ACCOUNTS_PER_ADDRESS,
            NEW_GUESTS_PER_ADDRESS,
            Duration::from_secs(ATTEMPTS_WITHIN.into()),
        )
    }
}

impl AttemptRates {
    /// Returns rates that allow each count at once, and refill it evenly over `time`.
    pub fn within(
        of_account: u32,
        of_address: u32,
        new_accounts: u32,
        new_guests: u32,
        time: Duration,
    ) -> Self {
        let rate = |many: u32| Rate {
            burst: many.into(),
            per_second: f64::from(many) / time.as_secs_f64(),
        };
        Self {
            of_account: rate(of_account),
            of_address: rate(of_address),
            new_accounts: rate(new_accounts),
            new_guests: rate(new_guests),
        }
    }
}

/// What a bucket counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Account(String),
    Address(IpAddr),
    /// An account, from an address that has sent its right password before.
    Known(IpAddr, String),
    NewAccount(IpAddr),
    NewGuest(IpAddr),
}

/// Recent attempts.
#[derive(Debug)]
pub struct Attempts {
    rates: AttemptRates,
    limiter: Arc<AttemptLimiter<Kind>>,
}

/// A sign-in attempt that is being checked. Dropping it counts it as failed.
#[derive(Debug)]
pub struct Attempt {
    attempt: Reservation<Kind>,
    /// The key to remember if the password is right.
    known: Kind,
}

impl Attempts {
    /// Starts with no attempts.
    pub fn new(rates: AttemptRates, clock: Clock) -> Self {
        Self {
            rates,
            limiter: AttemptLimiter::new(MOST, clock),
        }
    }

    /// Begins an attempt to sign in to the account with this key, or refuses it. Waits while the outcome
    /// depends on attempts that are still being checked.
    pub async fn sign_in(&self, from: IpAddr, account: &str) -> Result<Attempt, Refused> {
        let known = Kind::Known(address_key(from), account.to_owned());
        let attempt = self.limiter.begin(|is_remembered| {
            let account = if is_remembered(&known) {
                known.clone()
            } else {
                Kind::Account(account.to_owned())
            };
            [Kind::Address(address_key(from)), account].map(|kind| self.rated(kind))
        });
        let attempt = attempt.await.map_err(refusal)?;
        Ok(Attempt { attempt, known })
    }

    /// Ends an attempt whose password was right: it does not count, and earlier failures with this account from
    /// that address are forgotten.
    pub fn was_right(&self, attempt: Attempt) {
        let (known, rate) = self.rated(attempt.known);
        self.limiter.forgive(known, rate);
        attempt.attempt.give_back();
    }

    /// Ends an attempt that could not be checked, for a reason on the server's side: it does not count.
    pub fn was_not_checked(attempt: Attempt) {
        attempt.attempt.give_back();
    }

    /// Counts a failure that names no account (a wrong invite code), or refuses it.
    pub fn failed(&self, from: IpAddr) -> Result<(), Refused> {
        self.count(Kind::Address(address_key(from)))
    }

    /// Counts a new account, or refuses it.
    pub fn new_account(&self, from: IpAddr) -> Result<(), Refused> {
        self.count(Kind::NewAccount(address_key(from)))
    }

    /// Counts a request to join as a guest, admitted or not, or refuses it: clients must not probe for rooms.
    pub fn new_guest(&self, from: IpAddr) -> Result<(), Refused> {
        self.count(Kind::NewGuest(address_key(from)))
    }

    fn count(&self, kind: Kind) -> Result<(), Refused> {
        let (kind, rate) = self.rated(kind);
        self.limiter.count(kind, rate).map_err(refusal)
    }

    fn rated(&self, kind: Kind) -> (Kind, Rate) {
        let rate = self.rate(&kind);
        (kind, rate)
    }

    fn rate(&self, kind: &Kind) -> Rate {
        match kind {
            Kind::Account(_) | Kind::Known(..) => self.rates.of_account,
            Kind::Address(_) => self.rates.of_address,
            Kind::NewAccount(_) => self.rates.new_accounts,
            Kind::NewGuest(_) => self.rates.new_guests,
        }
    }
}

fn refusal(why: Limited) -> Refused {
    match why {
        Limited::TooMany(wait) => too_many(wait),
        Limited::TooMuchCounted => ErrorCode::ServerBusy.into(),
    }
}

pub(super) fn too_many(wait: Duration) -> Refused {
    let retry_after = Some(wait.as_secs() + 1);
    Refused {
        code: ErrorCode::TooManyAttempts,
        retry_after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempts() -> Attempts {
        let rates = AttemptRates::within(2, 4, 1, 1, Duration::from_secs(3600));
        Attempts::new(rates, Clock::start())
    }

    /// Signs in with a wrong password.
    async fn fail(attempts: &Attempts, from: IpAddr, account: &str) -> Result<(), Refused> {
        attempts.sign_in(from, account).await.map(drop)
    }

    /// Signs in with the right password.
    async fn succeed(attempts: &Attempts, from: IpAddr, account: &str) -> Result<(), Refused> {
        let attempt = attempts.sign_in(from, account).await?;
        attempts.was_right(attempt);
        Ok(())
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[tokio::test]
    async fn account_failures_are_limited_across_addresses() {
        let attempts = attempts();
        assert!(fail(&attempts, address("192.0.2.1"), "ann").await.is_ok());
        assert!(fail(&attempts, address("192.0.2.2"), "ann").await.is_ok());
        let refused = fail(&attempts, address("192.0.2.3"), "ann")
            .await
            .expect_err("a third");
        assert_eq!(refused.code, ErrorCode::TooManyAttempts);
        assert!(refused.retry_after.is_some_and(|seconds| seconds > 60));
        assert!(fail(&attempts, address("192.0.2.3"), "bea").await.is_ok());
    }

    #[tokio::test]
    async fn known_address_is_not_locked_out_by_others() {
        let (attempts, home) = (attempts(), address("192.0.2.1"));
        assert!(succeed(&attempts, home, "ann").await.is_ok());
        while fail(&attempts, address("198.51.100.1"), "ann").await.is_ok() {}
        assert!(fail(&attempts, home, "ann").await.is_ok());
        assert!(fail(&attempts, home, "ann").await.is_ok());
        assert!(fail(&attempts, home, "ann").await.is_err());
    }

    #[tokio::test]
    async fn successes_do_not_count_against_the_address() {
        let (attempts, school) = (attempts(), address("192.0.2.1"));
        for pupil in 0..40 {
            let pupil = pupil.to_string();
            assert!(succeed(&attempts, school, &pupil).await.is_ok());
        }
    }

    #[tokio::test]
    async fn address_failures_are_limited_per_ipv6_prefix() {
        let attempts = attempts();
        for host in 1..=4 {
            let from = address(&format!("2001:db8::{host}"));
            assert!(fail(&attempts, from, &host.to_string()).await.is_ok());
        }
        assert!(fail(&attempts, address("2001:db8::5"), "ann").await.is_err());
        assert!(attempts.failed(address("2001:db8::6")).is_err());
        assert!(fail(&attempts, address("2001:db8:0:1::5"), "ann").await.is_ok());
    }

    #[tokio::test]
    async fn new_accounts_and_guests_have_their_own_limits() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        assert!(attempts.new_account(here).is_ok());
        assert!(attempts.new_account(here).is_err());
        assert!(attempts.new_guest(here).is_ok());
        assert!(attempts.new_guest(here).is_err());
        assert!(fail(&attempts, here, "ann").await.is_ok());
    }

    #[tokio::test]
    async fn unchecked_attempts_are_not_counted() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        for _ in 0..10 {
            let attempt = attempts.sign_in(here, "ann").await.expect("let in");
            Attempts::was_not_checked(attempt);
        }
    }

    #[tokio::test]
    async fn concurrent_right_passwords_are_not_counted() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        let right = (0..12).map(|_| async {
            let attempt = attempts.sign_in(here, "ann").await?;
            tokio::task::yield_now().await;
            attempts.was_right(attempt);
            Ok::<_, Refused>(())
        });
        let all = futures_util::future::join_all(right).await;
        assert!(all.iter().all(Result::is_ok), "{all:?}");
    }

    #[tokio::test]
    async fn concurrent_wrong_passwords_are_counted() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        let wrong = (0..12).map(|_| async {
            let attempt = attempts.sign_in(here, "ann").await?;
            tokio::task::yield_now().await;
            drop(attempt);
            Ok::<_, Refused>(())
        });
        let all = futures_util::future::join_all(wrong).await;
        assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 2);
    }
}
