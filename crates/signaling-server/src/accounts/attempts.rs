//! How often may be tried to sign in, accounts be made, and guests come.
//!
//! Failures are counted for each account, from wherever they come, and for each address, wide enough for a class behind one
//! router. Who goes on trying waits until the bucket has filled a little, and ever so long again after that. Whoever wanted
//! to could so lock an account's owner out; so an address from which its right password came has a count of its own with it.
//! An attempt is taken before it is checked, and given back when it was right: many at once are counted all the same.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use protocol::ErrorCode;

use super::Refused;
use crate::bucket::{Bucket, Rate};
use crate::clock::Clock;
use crate::limits::{
    ACCOUNTS_PER_ADDRESS, ATTEMPTS_WITHIN, FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, NEW_GUESTS_PER_ADDRESS,
};
use crate::places::place;

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
    clock: Clock,
    buckets: Mutex<HashMap<Kind, Bucket>>,
}

impl Attempts {
    /// Nothing was tried yet.
    pub fn new(rates: AttemptRates, clock: Clock) -> Self {
        Self {
            rates,
            clock,
            buckets: Mutex::new(HashMap::new()),
        }
    }

    /// Counts an attempt to sign in to the account of a key, or refuses it.
    pub fn sign_in(&self, from: IpAddr, account: &str) -> Result<(), Refused> {
        let known = Kind::Known(place(from), account.to_owned());
        let account = if self.is_remembered(&known) {
            known
        } else {
            Kind::Account(account.to_owned())
        };
        self.take([Kind::Address(place(from)), account])
    }

    /// The attempt was right: it does not count, and neither do those before it with this account from there.
    pub fn was_right(&self, from: IpAddr, account: &str) {
        let now = self.clock.elapsed();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        for kind in [Kind::Address(place(from)), Kind::Account(account.to_owned())] {
            if let Some(bucket) = buckets.get_mut(&kind) {
                bucket.give(self.rate(&kind), 1.0, now);
            }
        }
        let known = Kind::Known(place(from), account.to_owned());
        buckets.insert(known, Bucket::full(self.rates.of_account, now));
    }

    /// Counts something that failed and names no account, or refuses it.
    pub fn failed(&self, from: IpAddr) -> Result<(), Refused> {
        self.take([Kind::Address(place(from))])
    }

    /// Counts a new account, or refuses it.
    pub fn new_account(&self, from: IpAddr) -> Result<(), Refused> {
        self.take([Kind::NewAccount(place(from))])
    }

    /// Counts a guest who wants to come, let in or not, or refuses them: rooms are not to be found by asking.
    pub fn new_guest(&self, from: IpAddr) -> Result<(), Refused> {
        self.take([Kind::NewGuest(place(from))])
    }

    fn is_remembered(&self, kind: &Kind) -> bool {
        let buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.contains_key(kind)
    }

    fn take<const N: usize>(&self, kinds: [Kind; N]) -> Result<(), Refused> {
        let now = self.clock.elapsed();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() + N > MOST {
            buckets.retain(|kind, bucket| !bucket.is_full(self.rate(kind), now));
        }
        if buckets.len() + N > MOST {
            return Err(ErrorCode::ServerBusy.into());
        }
        for kind in kinds {
            let rate = self.rate(&kind);
            let bucket = buckets.entry(kind).or_insert_with(|| Bucket::full(rate, now));
            bucket.take(rate, 1.0, now).map_err(too_many)?;
        }
        Ok(())
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

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[tokio::test]
    async fn an_account_is_guessed_at_only_so_often_from_wherever_it_is() {
        let attempts = attempts();
        assert!(attempts.sign_in(address("192.0.2.1"), "ann").is_ok());
        assert!(attempts.sign_in(address("192.0.2.2"), "ann").is_ok());
        let refused = attempts
            .sign_in(address("192.0.2.3"), "ann")
            .expect_err("a third");
        assert_eq!(refused.code, ErrorCode::TooManyAttempts);
        assert!(refused.retry_after.is_some_and(|seconds| seconds > 60));
        assert!(attempts.sign_in(address("192.0.2.3"), "bea").is_ok());
    }

    #[tokio::test]
    async fn whoever_signed_in_from_an_address_is_not_locked_out_there_by_others() {
        let (attempts, home) = (attempts(), address("192.0.2.1"));
        assert!(attempts.sign_in(home, "ann").is_ok());
        attempts.was_right(home, "ann");
        while attempts.sign_in(address("198.51.100.1"), "ann").is_ok() {}
        assert!(attempts.sign_in(home, "ann").is_ok());
        assert!(attempts.sign_in(home, "ann").is_ok());
        assert!(attempts.sign_in(home, "ann").is_err());
    }

    #[tokio::test]
    async fn right_passwords_use_nothing_up_for_the_others_at_the_address() {
        let (attempts, school) = (attempts(), address("192.0.2.1"));
        for pupil in 0..40 {
            let pupil = pupil.to_string();
            assert!(attempts.sign_in(school, &pupil).is_ok());
            attempts.was_right(school, &pupil);
        }
    }

    #[tokio::test]
    async fn an_address_fails_only_so_often_whatever_the_account_and_is_a_whole_network_in_ipv6() {
        let attempts = attempts();
        for host in 1..=4 {
            let from = address(&format!("2001:db8::{host}"));
            assert!(attempts.sign_in(from, &host.to_string()).is_ok());
        }
        assert!(attempts.sign_in(address("2001:db8::5"), "ann").is_err());
        assert!(attempts.failed(address("2001:db8::6")).is_err());
        assert!(attempts.sign_in(address("2001:db8:0:1::5"), "ann").is_ok());
    }

    #[tokio::test]
    async fn new_accounts_and_guests_are_counted_by_themselves() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        assert!(attempts.new_account(here).is_ok());
        assert!(attempts.new_account(here).is_err());
        assert!(attempts.new_guest(here).is_ok());
        assert!(attempts.new_guest(here).is_err());
        assert!(attempts.sign_in(here, "ann").is_ok());
    }
}
