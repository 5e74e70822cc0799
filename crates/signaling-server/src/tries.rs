//! How often something may be tried that can fail: guesses are few, and what is right costs nothing.
//!
//! Failures are counted in token buckets, several for one try (an address and an account, say). A try reserves its tokens
//! before it is checked, so that many at once are counted too; it keeps them when it failed, and gives them back when it was
//! right. Where all tokens are reserved by tries under way, another waits for what becomes of them: it is refused only when
//! those that failed have used the tokens up. How many may wait is bounded by whoever tries.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use registry::bucket::{Bucket, Rate};
use tokio::sync::Notify;

use crate::clock::Clock;

/// Why something may not be tried now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// It was tried too often; the next token is there after so long.
    TooMany(Duration),
    /// More is counted than is to be remembered.
    TooMuchCounted,
}

/// What is counted, by key.
#[derive(Debug)]
pub struct Tries<K> {
    counts: Mutex<HashMap<K, Count>>,
    /// The most keys that are remembered.
    most: usize,
    clock: Clock,
    /// Notified whenever a try has ended.
    ended: Notify,
}

#[derive(Debug)]
struct Count {
    /// Tokens that are left, without those that are reserved.
    bucket: Bucket,
    rate: Rate,
    /// Tries under way, each of which has reserved a token.
    under_way: u32,
}

/// A try under way. Dropping it counts it as failed, as when whoever asked went away before the answer.
#[derive(Debug)]
pub struct Try<K: Eq + Hash> {
    tries: Arc<Tries<K>>,
    keys: Vec<K>,
    gives_back: bool,
}

enum Begun {
    Now,
    /// All tokens are reserved.
    Pending,
}

impl<K: Clone + Eq + Hash> Tries<K> {
    /// Nothing was tried yet; so many keys are remembered.
    pub fn new(most: usize, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            counts: Mutex::new(HashMap::new()),
            most,
            clock,
            ended: Notify::new(),
        })
    }

    /// Begins a try that counts under some keys, once there is a token for each that is not reserved. `keys` is asked anew after
    /// each wait; it is told which keys are remembered.
    pub async fn begin<const N: usize>(
        self: &Arc<Self>,
        keys: impl Fn(&dyn Fn(&K) -> bool) -> [(K, Rate); N],
    ) -> Result<Try<K>, NotNow> {
        loop {
            // Made before looking: it hears of each try that ends from here on.
            let ended = self.ended.notified();
            let keys = keys(&|key| self.lock().contains_key(key));
            match self.reserve(&keys)? {
                Begun::Now => {
                    return Ok(Try {
                        tries: Arc::clone(self),
                        keys: keys.map(|(key, _)| key).into(),
                        gives_back: false,
                    });
                }
                Begun::Pending => ended.await,
            }
        }
    }

    /// Counts something that needs no check, or whose check has failed.
    pub fn count(&self, key: K, rate: Rate) -> Result<(), NotNow> {
        let now = self.clock.elapsed();
        let mut counts = self.lock();
        self.make_room(&mut counts, 1, now)?;
        let count = counts.entry(key).or_insert_with(|| Count::full(rate, now));
        count.bucket.take(rate, 1.0, now).map_err(NotNow::TooMany)
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
        // What is reserved stays so. There are never more under way than the bucket holds.
        let _ = count.bucket.take(rate, reserved, now);
    }

    /// Takes a token of each key, or none of any.
    fn reserve(&self, keys: &[(K, Rate)]) -> Result<Begun, NotNow> {
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
                Err(wait) => return Err(NotNow::TooMany(wait)),
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

    fn make_room(&self, counts: &mut HashMap<K, Count>, wanted: usize, now: Duration) -> Result<(), NotNow> {
        if counts.len() + wanted > self.most {
            counts.retain(|_, count| count.under_way > 0 || !count.bucket.is_full(count.rate, now));
        }
        if counts.len() + wanted > self.most {
            return Err(NotNow::TooMuchCounted);
        }
        Ok(())
    }
}

impl<K> Tries<K> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, Count>> {
        registry::lock(&self.counts)
    }
}

impl<K: Eq + Hash> Try<K> {
    /// It was right, or never checked: it is not counted.
    pub fn give_back(mut self) {
        self.gives_back = true;
    }
}

impl<K: Eq + Hash> Drop for Try<K> {
    fn drop(&mut self) {
        let now = self.tries.clock.elapsed();
        let mut counts = self.tries.lock();
        for key in &self.keys {
            if let Some(count) = counts.get_mut(key) {
                count.under_way = count.under_way.saturating_sub(1);
                if self.gives_back {
                    count.bucket.give(count.rate, 1.0, now);
                }
            }
        }
        drop(counts);
        self.tries.ended.notify_waiters();
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

    /// Two at once, and no more within any test.
    const TWO: Rate = Rate {
        burst: 2.0,
        per_second: 1e-6,
    };

    fn tries() -> Arc<Tries<&'static str>> {
        Tries::new(3, Clock::start())
    }

    async fn begin(tries: &Arc<Tries<&'static str>>, key: &'static str) -> Result<Try<&'static str>, NotNow> {
        tries.begin(|_| [(key, TWO)]).await
    }

    #[tokio::test]
    async fn right_ones_at_once_are_all_let_in() {
        let tries = tries();
        let mut under_way = Vec::new();
        for _ in 0..2 {
            under_way.push(begin(&tries, "ann").await.expect("a token"));
        }
        for _ in 0..10 {
            let mut third = Box::pin(begin(&tries, "ann"));
            assert!(third.as_mut().now_or_never().is_none(), "it waits");
            under_way.remove(0).give_back();
            under_way.push(third.await.expect("a token that came back"));
        }
    }

    #[tokio::test]
    async fn waiting_one_is_refused_when_the_others_failed() {
        let tries = tries();
        let under_way = [begin(&tries, "ann").await, begin(&tries, "ann").await];
        let mut third = Box::pin(begin(&tries, "ann"));
        assert!(third.as_mut().now_or_never().is_none(), "it waits");
        drop(under_way);
        assert!(matches!(third.await, Err(NotNow::TooMany(_))));
        let refused = begin(&tries, "ann").now_or_never();
        assert!(matches!(refused, Some(Err(NotNow::TooMany(_)))), "at once");
    }

    #[tokio::test]
    async fn no_token_is_taken_where_another_is_missing() {
        let tries = tries();
        for _ in 0..2 {
            assert_eq!(tries.count("ann", TWO), Ok(()));
        }
        for _ in 0..5 {
            let both = tries.begin(|_| [("here", TWO), ("ann", TWO)]).await;
            assert!(matches!(both, Err(NotNow::TooMany(_))));
        }
        assert!(begin(&tries, "here").await.is_ok());
    }

    #[tokio::test]
    async fn forgiving_leaves_what_is_under_way_reserved() {
        let tries = tries();
        assert_eq!(tries.count("ann", TWO), Ok(()));
        let under_way = begin(&tries, "ann").await.expect("a token");
        tries.forgive("ann", TWO);
        drop(under_way);
        assert_eq!(tries.count("ann", TWO), Ok(()));
        assert!(tries.count("ann", TWO).is_err());
    }

    #[tokio::test]
    async fn keys_under_way_or_used_are_kept_and_full_ones_forgotten() {
        let tries = tries();
        let under_way = begin(&tries, "ann").await.expect("a token");
        assert_eq!(tries.count("bea", TWO), Ok(()));
        begin(&tries, "cy").await.expect("a token").give_back();
        let fourth = begin(&tries, "dan").await.expect("in the place of cy");
        assert!(matches!(begin(&tries, "eve").await, Err(NotNow::TooMuchCounted)));
        drop((under_way, fourth));
    }
}
