//! A token bucket for each of many keys, of which only those that are not full are worth remembering.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use crate::bucket::{Bucket, Rate};

/// Buckets of one rate, by their keys.
#[derive(Debug)]
pub struct Buckets<K> {
    rate: Rate,
    most: usize,
    counted: HashMap<K, Bucket>,
}

/// As many keys are counted as may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

impl<K: Eq + Hash> Buckets<K> {
    /// None yet; so many may be remembered.
    pub fn new(rate: Rate, most: usize) -> Self {
        Self {
            rate,
            most,
            counted: HashMap::new(),
        }
    }

    /// The bucket of a key, which is full if it was not counted. Full ones of others are forgotten when there are too many.
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

    /// Takes one from the bucket of a key that is counted; says whether there was one, as there always is for any other key.
    pub fn take_if_counted(&mut self, key: &K, now: Duration) -> bool {
        let rate = self.rate;
        let bucket = self.counted.get_mut(key);
        bucket.is_none_or(|bucket| bucket.take(rate, 1.0, now).is_ok())
    }

    /// Counts a key no longer.
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
    fn each_key_has_its_own() {
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
    fn full_ones_make_place_for_others_and_the_rest_stay() {
        let mut buckets = Buckets::new(RATE, 2);
        assert_eq!(take(&mut buckets, "ann", Duration::ZERO), Ok(true));
        let later = Duration::from_millis(999);
        assert_eq!(take(&mut buckets, "bea", later), Ok(true));
        assert_eq!(take(&mut buckets, "cy", later), Err(TooMany));
        assert_eq!(
            take(&mut buckets, "bea", later),
            Ok(false),
            "who is counted is still"
        );
        let full = Duration::from_secs(1);
        assert_eq!(take(&mut buckets, "cy", full), Ok(true), "in the place of Ann");
        assert_eq!(take(&mut buckets, "bea", full), Ok(false));
    }
}
