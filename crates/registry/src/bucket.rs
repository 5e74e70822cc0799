//! Token bucket: a burst, then a steady rate. Pure: the time is passed in.

use std::time::Duration;

/// Parameters of a token bucket.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Capacity, in tokens.
    pub burst: f64,
    /// Refill rate, in tokens per second.
    pub per_second: f64,
}

/// A token bucket, full at first.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    left: f64,
    at: Duration,
}

impl Bucket {
    /// Returns a full bucket.
    pub fn full(rate: Rate, now: Duration) -> Self {
        Self {
            left: rate.burst,
            at: now,
        }
    }

    /// Takes `amount` tokens; if there are too few, takes none and returns how long until there are enough.
    pub fn take(&mut self, rate: Rate, amount: f64, now: Duration) -> Result<(), Duration> {
        self.look(rate, amount, now)?;
        self.left -= amount;
        Ok(())
    }

    /// Checks for `amount` tokens without taking them; if there are too few, returns how long until there are enough.
    pub fn look(&mut self, rate: Rate, amount: f64, now: Duration) -> Result<(), Duration> {
        self.fill(rate, now);
        if self.left >= amount {
            return Ok(());
        }
        Err(Duration::from_secs_f64((amount - self.left) / rate.per_second))
    }

    /// Puts back `amount` tokens that were taken.
    pub fn give(&mut self, rate: Rate, amount: f64, now: Duration) {
        self.fill(rate, now);
        self.left = (self.left + amount).min(rate.burst);
    }

    /// Whether the bucket is full, so that it need not be remembered.
    pub fn is_full(&mut self, rate: Rate, now: Duration) -> bool {
        self.fill(rate, now);
        self.left >= rate.burst
    }

    fn fill(&mut self, rate: Rate, now: Duration) {
        let passed = now.saturating_sub(self.at).as_secs_f64();
        self.left = (self.left + passed * rate.per_second).min(rate.burst);
        self.at = self.at.max(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        burst: 2.0,
        per_second: 0.5,
    };

    #[test]
    fn burst_passes_and_then_one_at_a_time() {
        let mut bucket = Bucket::full(RATE, Duration::ZERO);
        assert_eq!(bucket.take(RATE, 1.0, Duration::ZERO), Ok(()));
        assert_eq!(bucket.take(RATE, 1.0, Duration::ZERO), Ok(()));
        assert_eq!(
            bucket.take(RATE, 1.0, Duration::ZERO),
            Err(Duration::from_secs(2))
        );
        assert_eq!(bucket.take(RATE, 1.0, Duration::from_secs(2)), Ok(()));
    }

    #[test]
    fn never_holds_more_than_its_burst() {
        let mut bucket = Bucket::full(RATE, Duration::ZERO);
        let late = Duration::from_secs(1000);
        assert!(bucket.is_full(RATE, late));
        assert_eq!(bucket.take(RATE, 2.0, late), Ok(()));
        assert!(bucket.take(RATE, 0.5, late).is_err());
    }
}
