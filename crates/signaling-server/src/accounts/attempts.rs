//! How often one place may try to sign in or make accounts.
//!
//! Two buckets: one for an address, wide enough for a class behind one router; and one for an address together
//! with a name, narrow, so that nobody guesses a password from one place. A name alone has none: whoever wanted
//! to could lock its owner out. What a place is says [`place`].

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use protocol::ErrorCode;

use super::Refused;
use crate::bucket::{Bucket, Rate};
use crate::clock::Clock;
use crate::places::place;

/// Buckets that are remembered: at about 100 bytes each, some megabytes.
const MOST: usize = 32 * 1024;

/// How much may be tried.
#[derive(Clone, Copy, Debug)]
pub struct AttemptRates {
    /// From one address.
    pub of_address: Rate,
    /// From one address with one name.
    pub of_name: Rate,
}

impl Default for AttemptRates {
    /// A hundred at once and then one a second from an address; ten and then six a minute with one name.
    fn default() -> Self {
        Self {
            of_address: Rate {
                burst: 100.0,
                per_second: 1.0,
            },
            of_name: Rate {
                burst: 10.0,
                per_second: 0.1,
            },
        }
    }
}

/// What was tried of late.
#[derive(Debug)]
pub struct Attempts {
    rates: AttemptRates,
    clock: Clock,
    buckets: Mutex<HashMap<(IpAddr, String), Bucket>>,
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

    /// Counts an attempt, or refuses it. An empty name counts for the address alone.
    pub fn take(&self, from: IpAddr, name: &str) -> Result<(), Refused> {
        let now = self.clock.elapsed();
        let place = place(from);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() + 2 > MOST {
            buckets.retain(|(_, name), bucket| !bucket.is_full(self.rate(name), now));
        }
        if buckets.len() + 2 > MOST {
            return Err(ErrorCode::ServerBusy.into());
        }
        for name in [Some(""), Some(name).filter(|name| !name.is_empty())]
            .into_iter()
            .flatten()
        {
            let rate = self.rate(name);
            let bucket = buckets
                .entry((place, name.to_owned()))
                .or_insert_with(|| Bucket::full(rate, now));
            bucket.take(rate, 1.0, now).map_err(too_many)?;
        }
        Ok(())
    }

    /// Forgets the attempts with a name: the last one was right.
    pub fn forgive(&self, from: IpAddr, name: &str) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.remove(&(place(from), name.to_owned()));
    }

    fn rate(&self, name: &str) -> Rate {
        if name.is_empty() {
            self.rates.of_address
        } else {
            self.rates.of_name
        }
    }
}

fn too_many(wait: Duration) -> Refused {
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
        let slow = |burst| Rate {
            burst,
            per_second: 0.001,
        };
        Attempts::new(
            AttemptRates {
                of_address: slow(4.0),
                of_name: slow(2.0),
            },
            Clock::start(),
        )
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[tokio::test]
    async fn a_name_is_guessed_at_only_so_often_and_another_place_may_still_try() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        assert!(attempts.take(here, "ann").is_ok());
        assert!(attempts.take(here, "ann").is_ok());
        let refused = attempts.take(here, "ann").expect_err("a third");
        assert_eq!(refused.code, ErrorCode::TooManyAttempts);
        assert!(refused.retry_after.is_some_and(|seconds| seconds > 1));
        assert!(attempts.take(address("192.0.2.2"), "ann").is_ok());
    }

    #[tokio::test]
    async fn a_right_password_makes_the_wrong_ones_before_it_forgotten() {
        let (attempts, here) = (attempts(), address("192.0.2.1"));
        assert!(attempts.take(here, "ann").is_ok());
        assert!(attempts.take(here, "ann").is_ok());
        attempts.forgive(here, "ann");
        assert!(attempts.take(here, "ann").is_ok());
    }

    #[tokio::test]
    async fn a_place_is_a_whole_network_in_ipv6() {
        let attempts = attempts();
        for host in 1..=4 {
            assert!(attempts.take(address(&format!("2001:db8::{host}")), "").is_ok());
        }
        assert!(attempts.take(address("2001:db8::5"), "").is_err());
        assert!(attempts.take(address("2001:db8:0:1::5"), "").is_ok());
    }
}
