//! How often may be tried to sign in, accounts be made, and guests come.
//!
//! Failures are counted for each account, from wherever they come, and for each address, wide enough for a class behind one
//! router. Who goes on trying waits until the bucket has filled a little, and ever so long again after that. Whoever wanted
//! to could so lock an account's owner out; so an address from which its right password came has a count of its own with it.
//! An attempt that is being checked is no failure yet ([`Tries`]).

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;
use registry::bucket::Rate;

use super::Refused;
use crate::clock::Clock;
use crate::limits::{
    ACCOUNTS_PER_ADDRESS, ATTEMPTS_WITHIN, FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, NEW_GUESTS_PER_ADDRESS,
};
use crate::places::place;
use crate::tries::{NotNow, Tries, Try};

/// Buckets that are remembered: at about 100 bytes each, some megabytes.
const MOST: usize = 32 * 1024;

/// How much may be tried.
#[derive(Clone, Copy, Debug)]
pub struct AttemptRates {
    /// Failures with one account.
    pub of_account: Rate,
    /// Failures from one address.
    pub of_address: Rate,
    /// New accounts from one address.
    pub new_accounts: Rate,
    /// Guests who want to come, from one address.
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
    /// So many of each in a time.
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

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Account(String),
    Address(IpAddr),
    /// An account, from where its right password came before.
    Known(IpAddr, String),
    NewAccount(IpAddr),
    NewGuest(IpAddr),
}

/// What was tried of late.
#[derive(Debug)]
pub struct Attempts {
    rates: AttemptRates,
    tries: Arc<Tries<Kind>>,
}

/// An attempt to sign in that is being checked. It counts as a failure when it is dropped.
#[derive(Debug)]
pub struct Attempt {
    attempt: Try<Kind>,
    /// What is remembered when it was right.
    known: Kind,
}

impl Attempts {
    /// Nothing was tried yet.
    pub fn new(rates: AttemptRates, clock: Clock) -> Self {
        Self {
            rates,
            tries: Tries::new(MOST, clock),
        }
    }

    /// Begins an attempt to sign in to the account of a key, or refuses it. Waits while those before it are being checked, if it
    /// depends on them.
    pub async fn sign_in(&self, from: IpAddr, account: &str) -> Result<Attempt, Refused> {
        let known = Kind::Known(place(from), account.to_owned());
        let attempt = self.tries.begin(|is_remembered| {
            let account = if is_remembered(&known) {
                known.clone()
            } else {
                Kind::Account(account.to_owned())
            };
            [Kind::Address(place(from)), account].map(|kind| self.rated(kind))
        });
        let attempt = attempt.await.map_err(refusal)?;
        Ok(Attempt { attempt, known })
    }

    /// The attempt was right: it does not count, and neither do those before it with this account from there.
    pub fn was_right(&self, attempt: Attempt) {
        let (known, rate) = self.rated(attempt.known);
        self.tries.forgive(known, rate);
        attempt.attempt.give_back();
    }

    /// The attempt was not checked at all, by no fault of whoever made it.
    pub fn was_not_checked(attempt: Attempt) {
        attempt.attempt.give_back();
    }

    /// Counts something that failed and names no account, or refuses it.
    pub fn failed(&self, from: IpAddr) -> Result<(), Refused> {
        self.count(Kind::Address(place(from)))
    }

    /// Counts a new account, or refuses it.
    pub fn new_account(&self, from: IpAddr) -> Result<(), Refused> {
        self.count(Kind::NewAccount(place(from)))
    }

    /// Counts a guest who wants to come, let in or not, or refuses them: rooms are not to be found by asking.
    pub fn new_guest(&self, from: IpAddr) -> Result<(), Refused> {
        self.count(Kind::NewGuest(place(from)))
    }

    fn count(&self, kind: Kind) -> Result<(), Refused> {
        let (kind, rate) = self.rated(kind);
        self.tries.count(kind, rate).map_err(refusal)
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

fn refusal(why: NotNow) -> Refused {
    match why {
        NotNow::TooMany(wait) => too_many(wait),
        NotNow::TooMuchCounted => ErrorCode::ServerBusy.into(),
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

    /// Somebody who gives a wrong password.
    async fn fail(attempts: &Attempts, from: IpAddr, account: &str) -> Result<(), Refused> {
        attempts.sign_in(from, account).await.map(drop)
    }

    /// Somebody who gives the right one.
    async fn succeed(attempts: &Attempts, from: IpAddr, account: &str) -> Result<(), Refused> {
        let attempt = attempts.sign_in(from, account).await?;
        attempts.was_right(attempt);
        Ok(())
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[tokio::test]
    async fn an_account_is_guessed_at_only_so_often_from_wherever_it_is() {
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
    async fn whoever_signed_in_from_an_address_is_not_locked_out_there_by_others() {
        let (attempts, home) = (attempts(), address("192.0.2.1"));
        assert!(succeed(&attempts, home, "ann").await.is_ok());
        while fail(&attempts, address("198.51.100.1"), "ann").await.is_ok() {}
        assert!(fail(&attempts, home, "ann").await.is_ok());
        assert!(fail(&attempts, home, "ann").await.is_ok());
        assert!(fail(&attempts, home, "ann").await.is_err());
    }

    #[tokio::test]
    async fn right_passwords_use_nothing_up_for_the_others_at_the_address() {
        let (attempts, school) = (attempts(), address("192.0.2.1"));
        for pupil in 0..40 {
            let pupil = pupil.to_string();
            assert!(succeed(&attempts, school, &pupil).await.is_ok());
        }
    }

    #[tokio::test]
    async fn an_address_fails_only_so_often_whatever_the_account_and_is_a_whole_network_in_ipv6() {
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
    async fn new_accounts_and_guests_are_counted_by_themselves() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        assert!(attempts.new_account(here).is_ok());
        assert!(attempts.new_account(here).is_err());
        assert!(attempts.new_guest(here).is_ok());
        assert!(attempts.new_guest(here).is_err());
        assert!(fail(&attempts, here, "ann").await.is_ok());
    }

    #[tokio::test]
    async fn what_was_not_checked_is_no_failure() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        for _ in 0..10 {
            let attempt = attempts.sign_in(here, "ann").await.expect("let in");
            Attempts::was_not_checked(attempt);
        }
    }

    #[tokio::test]
    async fn right_passwords_at_once_are_no_failures() {
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
    async fn wrong_passwords_at_once_are_counted() {
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
