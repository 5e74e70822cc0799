//! Limits how often something that can fail may be tried: guesses are few, and successes cost nothing.
//!
//! Failures are counted in token buckets, several for one attempt (an address and an account, for example). An
//! attempt reserves its tokens before it is checked, so that concurrent ones are counted too; it keeps them if
//! it fails, and gives them back if it succeeds. Where all tokens are reserved by attempts in progress, another
//! attempt waits for their outcome: it is refused only if failures have used the tokens up. The caller bounds
//! how many may wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use registry::bucket::{Bucket, Rate};
use tokio::sync::Notify;

use crate::clock::Clock;

/// Why an attempt is refused now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// There were too many attempts; the next token is available after this time.
    TooMany(Duration),
    /// There are too many keys to count another one.
    TooMuchCounted,
}

/// Counts by key.
#[derive(Debug)]
pub struct AttemptLimiter<K> {
    counts: Mutex<HashMap<K, Count>>,
    /// The maximum number of keys.
    most: usize,
    clock: Clock,
    /// Notified whenever an attempt has ended.
    ended: Notify,
}

#[derive(Debug)]
struct Count {
    /// Tokens that are left, without reserved ones.
    bucket: Bucket,
    rate: Rate,
    /// Attempts in progress, each of which has reserved a token.
    under_way: u32,
}

/// An attempt in progress. Dropping it counts it as failed, for example when the client went away before the
/// answer.
#[derive(Debug)]
pub struct Reservation<K: Eq + Hash> {
    limiter: Arc<AttemptLimiter<K>>,
    keys: Vec<K>,
    gives_back: bool,
}

enum Begun {
    Now,
    /// All tokens are reserved.
    Pending,
}

impl<K: Clone + Eq + Hash> AttemptLimiter<K> {
    /// Starts with nothing counted, for at most `most` keys.
    pub fn new(most: usize, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            counts: Mutex::new(HashMap::new()),
            most,
            clock,
            ended: Notify::new(),
        })
    }

    /// Begins an attempt that counts under some keys, once each has a token that is not reserved. `keys` is
    /// called again after each wait; its argument tells which keys are remembered.
    pub async fn begin<const N: usize>(
        self: &Arc<Self>,
        keys: impl Fn(&dyn Fn(&K) -> bool) -> [(K, Rate); N],
    ) -> Result<Reservation<K>, Limited> {
        loop {
            // Created before the check, so that no attempt that ends from here on is missed.
            let ended = self.ended.notified();
            let keys = keys(&|key| self.lock().contains_key(key));
            match self.reserve(&keys)? {
                Begun::Now => {
                    return Ok(Reservation {
                        limiter: Arc::clone(self),
                        keys: keys.map(|(key, _)| key).into(),
                        gives_back: false,
                    });
                }
                Begun::Pending => ended.await,
            }
        }
    }

    /// Counts something that needs no check, or whose check has failed.
    pub fn count(&self, key: K, rate: Rate) -> Result<(), Limited> {
        let now = self.clock.elapsed();
        let mut counts = self.lock();
        self.make_room(&mut counts, 1, now)?;
        let count = counts.entry(key).or_insert_with(|| Count::full(rate, now));
        count.bucket.take(rate, 1.0, now).map_err(Limited::TooMany)
    }

    /// Forgets the failures under a key, and remembers the key.
    pub fn forgive(&self, key: K, rate: Rate) {
        let now = self.clock.elapsed();
        let mut counts = self.lock();
        let count = counts.entry(key).or_insert_with(|| Count::full(rate, now));
        let reserved = f64::from(count.under_way);
        *count = Count {
            under_way: count.under_way,
            ..Count::full(rate, now)
        };
        // Reservations stay. There are never more of them than the bucket holds.
        let _ = count.bucket.take(rate, reserved, now);
    }

    /// Reserves a token of each key, or of none.
    fn reserve(&self, keys: &[(K, Rate)]) -> Result<Begun, Limited> {
        let now = self.clock.elapsed();
        let mut counts = self.lock();
        self.make_room(&mut counts, keys.len(), now)?;
        let mut begun = Begun::Now;
        for (key, rate) in keys {
            let Some(count) = counts.get_mut(key) else {
                continue;
            };
            match count.bucket.look(*rate, 1.0, now) {
                Ok(()) => {}
                Err(_) if count.under_way > 0 => begun = Begun::Pending,
                Err(wait) => return Err(Limited::TooMany(wait)),
            }
        }
        if let Begun::Now = begun {
            for (key, rate) in keys {
                let count = counts.entry(key.clone());
                let count = count.or_insert_with(|| Count::full(*rate, now));
                if count.bucket.take(*rate, 1.0, now).is_ok() {
                    count.under_way += 1;
                }
            }
        }
        Ok(begun)
    }

    fn make_room(&self, counts: &mut HashMap<K, Count>, wanted: usize, now: Duration) -> Result<(), Limited> {
        if counts.len() + wanted > self.most {
            counts.retain(|_, count| count.under_way > 0 || !count.bucket.is_full(count.rate, now));
        }
        if counts.len() + wanted > self.most {
            return Err(Limited::TooMuchCounted);
        }
        Ok(())
    }
}

impl<K> AttemptLimiter<K> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, Count>> {
        registry::lock(&self.counts)
    }
}

impl<K: Eq + Hash> Reservation<K> {
    /// Ends an attempt that succeeded, or was never checked: it is not counted.
    pub fn give_back(mut self) {
        self.gives_back = true;
    }
}

impl<K: Eq + Hash> Drop for Reservation<K> {
    fn drop(&mut self) {
        let now = self.limiter.clock.elapsed();
        let mut counts = self.limiter.lock();
        for key in &self.keys {
            if let Some(count) = counts.get_mut(key) {
                count.under_way = count.under_way.saturating_sub(1);
                if self.gives_back {
                    count.bucket.give(count.rate, 1.0, now);
                }
            }
        }
        drop(counts);
        self.limiter.ended.notify_waiters();
    }
}

impl Count {
    fn full(rate: Rate, now: Duration) -> Self {
        Self {
            bucket: Bucket::full(rate, now),
            rate,
            under_way: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    /// Two at once, and no more during any test.
    const TWO: Rate = Rate {
        burst: 2.0,
        per_second: 1e-6,
    };

    fn limiter() -> Arc<AttemptLimiter<&'static str>> {
        AttemptLimiter::new(3, Clock::start())
    }

    async fn begin(
        limiter: &Arc<AttemptLimiter<&'static str>>,
        key: &'static str,
    ) -> Result<Reservation<&'static str>, Limited> {
        limiter.begin(|_| [(key, TWO)]).await
    }

    #[tokio::test]
    async fn concurrent_successes_are_all_admitted() {
        let limiter = limiter();
        let mut under_way = Vec::new();
        for _ in 0..2 {
            under_way.push(begin(&limiter, "ann").await.expect("a token"));
        }
        for _ in 0..10 {
            let mut third = Box::pin(begin(&limiter, "ann"));
            assert!(third.as_mut().now_or_never().is_none(), "it waits");
            under_way.remove(0).give_back();
            under_way.push(third.await.expect("a token that came back"));
        }
    }

    #[tokio::test]
    async fn waiting_attempt_is_refused_when_the_others_fail() {
        let limiter = limiter();
        let under_way = [begin(&limiter, "ann").await, begin(&limiter, "ann").await];
        let mut third = Box::pin(begin(&limiter, "ann"));
        assert!(third.as_mut().now_or_never().is_none(), "it waits");
        drop(under_way);
        assert!(matches!(third.await, Err(Limited::TooMany(_))));
        let refused = begin(&limiter, "ann").now_or_never();
        assert!(matches!(refused, Some(Err(Limited::TooMany(_)))), "at once");
    }

    #[tokio::test]
    async fn no_token_is_taken_where_another_is_missing() {
        let limiter = limiter();
        for _ in 0..2 {
            assert_eq!(limiter.count("ann", TWO), Ok(()));
        }
        for _ in 0..5 {
            let both = limiter.begin(|_| [("here", TWO), ("ann", TWO)]).await;
            assert!(matches!(both, Err(Limited::TooMany(_))));
        }
        assert!(begin(&limiter, "here").await.is_ok());
    }

    #[tokio::test]
    async fn forgiving_keeps_reservations() {
        let limiter = limiter();
        assert_eq!(limiter.count("ann", TWO), Ok(()));
        let under_way = begin(&limiter, "ann").await.expect("a token");
        limiter.forgive("ann", TWO);
        drop(under_way);
        assert_eq!(limiter.count("ann", TWO), Ok(()));
        assert!(limiter.count("ann", TWO).is_err());
    }

    #[tokio::test]
    async fn only_keys_with_full_buckets_are_forgotten() {
        let limiter = limiter();
        let under_way = begin(&limiter, "ann").await.expect("a token");
        assert_eq!(limiter.count("bea", TWO), Ok(()));
        begin(&limiter, "cy").await.expect("a token").give_back();
        let fourth = begin(&limiter, "dan").await.expect("in the place of cy");
        assert!(matches!(
            begin(&limiter, "eve").await,
            Err(Limited::TooMuchCounted)
        ));
        drop((under_way, fourth));
    }
}
