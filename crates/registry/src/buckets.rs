//! Token buckets by key; only those that are not full need to be remembered.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use crate::bucket::{Bucket, Rate};

/// Token buckets of one rate, by key.
#[derive(Debug)]
pub struct Buckets<K> {
    rate: Rate,
    most: usize,
    counted: HashMap<K, Bucket>,
}

/// The limit of remembered keys is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

impl<K: Eq + Hash> Buckets<K> {
    /// Returns an empty map that remembers at most `most` keys.
    pub fn new(rate: Rate, most: usize) -> Self {
        Self {
            rate,
            most,
            counted: HashMap::new(),
        }
    }

    /// Returns the bucket of a key, a full one if the key is new. At the limit, forgets other keys whose
    /// buckets are full.
    pub fn of(&mut self, key: K, now: Duration) -> Result<&mut Bucket, TooMany> {
        let rate = self.rate;
        if self.counted.len() >= self.most && !self.counted.contains_key(&key) {
            self.counted.retain(|_, bucket| !bucket.is_full(rate, now));
            if self.counted.len() >= self.most {
                return Err(TooMany);
            }
        }
        let bucket = self.counted.entry(key);
        Ok(bucket.or_insert_with(|| Bucket::full(rate, now)))
    }

    /// Takes one token from the bucket of a remembered key; returns whether there was one. Always `true` for
    /// other keys.
    pub fn take_if_counted(&mut self, key: &K, now: Duration) -> bool {
        let rate = self.rate;
        let bucket = self.counted.get_mut(key);
        bucket.is_none_or(|bucket| bucket.take(rate, 1.0, now).is_ok())
    }

    /// Forgets a key.
    pub fn forget(&mut self, key: &K) {
        self.counted.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        burst: 1.0,
        per_second: 1.0,
    };

    fn take(buckets: &mut Buckets<&'static str>, key: &'static str, now: Duration) -> Result<bool, TooMany> {
        Ok(buckets.of(key, now)?.take(RATE, 1.0, now).is_ok())
    }

    #[test]
    fn each_key_has_its_own_bucket() {
        let mut buckets = Buckets::new(RATE, 2);
        assert_eq!(take(&mut buckets, "ann", Duration::ZERO), Ok(true));
        assert_eq!(take(&mut buckets, "ann", Duration::ZERO), Ok(false));
        assert_eq!(take(&mut buckets, "bea", Duration::ZERO), Ok(true));
        assert!(buckets.take_if_counted(&"cy", Duration::ZERO), "not counted");
        assert!(!buckets.take_if_counted(&"bea", Duration::ZERO));
        buckets.forget(&"bea");
        assert!(buckets.take_if_counted(&"bea", Duration::ZERO));
    }

    #[test]
    fn full_buckets_make_room_for_other_keys() {
        let mut buckets = Buckets::new(RATE, 2);
        assert_eq!(take(&mut buckets, "ann", Duration::ZERO), Ok(true));
        let later = Duration::from_millis(999);
        assert_eq!(take(&mut buckets, "bea", later), Ok(true));
        assert_eq!(take(&mut buckets, "cy", later), Err(TooMany));
        assert_eq!(take(&mut buckets, "bea", later), Ok(false), "still remembered");
        let full = Duration::from_secs(1);
        assert_eq!(take(&mut buckets, "cy", full), Ok(true), "replaces Ann");
        assert_eq!(take(&mut buckets, "bea", full), Ok(false));
    }
}
