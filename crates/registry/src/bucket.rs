//! A token bucket: allows a burst, and then so much in a second. Pure: time is handed in.

use std::time::Duration;

/// How much a bucket holds, and how fast it fills.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// What may be taken at once.
    pub burst: f64,
    /// What comes back in a second.
    pub per_second: f64,
}

/// A bucket, full at first.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    left: f64,
    at: Duration,
}

impl Bucket {
    /// A full bucket.
    pub fn full(rate: Rate, now: Duration) -> Self {
        Self {
            left: rate.burst,
            at: now,
        }
    }

    /// Takes so much, or says after how long there will be enough.
    pub fn take(&mut self, rate: Rate, amount: f64, now: Duration) -> Result<(), Duration> {
        self.look(rate, amount, now)?;
        self.left -= amount;
        Ok(())
    }

    /// Whether there is so much, or else after how long there will be; takes nothing.
    pub fn look(&mut self, rate: Rate, amount: f64, now: Duration) -> Result<(), Duration> {
        self.fill(rate, now);
        if self.left >= amount {
            return Ok(());
        }
        Err(Duration::from_secs_f64((amount - self.left) / rate.per_second))
    }

    /// Gives back so much that was taken.
    pub fn give(&mut self, rate: Rate, amount: f64, now: Duration) {
        self.fill(rate, now);
        self.left = (self.left + amount).min(rate.burst);
    }

    /// Whether it is full, and so not worth remembering.
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
    fn a_burst_is_let_through_and_then_one_at_a_time() {
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
    fn it_never_holds_more_than_its_burst() {
        let mut bucket = Bucket::full(RATE, Duration::ZERO);
        let late = Duration::from_secs(1000);
        assert!(bucket.is_full(RATE, late));
        assert_eq!(bucket.take(RATE, 2.0, late), Ok(()));
        assert!(bucket.take(RATE, 0.5, late).is_err());
    }
}
