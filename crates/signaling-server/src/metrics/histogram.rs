//! How long things take, in buckets that Prometheus can add up over servers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the buckets, in microseconds: from what a message takes to what a person would give up at.
const BOUNDS_MICROS: [u64; 13] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000,
];

/// Durations, counted by size.
#[derive(Debug, Default)]
pub struct Histogram {
    /// One for each bound, and one for all that is longer.
    buckets: [AtomicU64; BOUNDS_MICROS.len() + 1],
    sum_micros: AtomicU64,
}

/// A histogram at one moment.
#[derive(Debug, PartialEq)]
pub(super) struct Snapshot {
    /// Bound in seconds, and how many took no longer; the last bound is infinite.
    pub buckets: Vec<(f64, u64)>,
    pub sum_seconds: f64,
}

impl Histogram {
    /// Counts something that took so long.
    pub fn observe(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let at = BOUNDS_MICROS.partition_point(|bound| *bound < micros);
        self.buckets[at].fetch_add(1, Ordering::Relaxed);
        self.sum_micros.fetch_add(micros, Ordering::Relaxed);
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        let bounds = BOUNDS_MICROS
            .iter()
            .map(|micros| seconds(*micros))
            .chain([f64::INFINITY]);
        let mut below = 0;
        let buckets = bounds
            .zip(&self.buckets)
            .map(|(bound, count)| {
                below += count.load(Ordering::Relaxed);
                (bound, below)
            })
            .collect();
        Snapshot {
            buckets,
            sum_seconds: seconds(self.sum_micros.load(Ordering::Relaxed)),
        }
    }
}

fn seconds(micros: u64) -> f64 {
    Duration::from_micros(micros).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bucket_counts_all_that_took_no_longer_than_its_bound() {
        let histogram = Histogram::default();
        for micros in [100, 101, 3_000_000, 9_000_000] {
            histogram.observe(Duration::from_micros(micros));
        }
        let Snapshot { buckets, sum_seconds } = histogram.snapshot();
        assert_eq!(buckets[..2], [(0.000_1, 1), (0.000_25, 2)]);
        assert_eq!(buckets[11..], [(1.0, 2), (5.0, 3), (f64::INFINITY, 4)]);
        assert!((sum_seconds - 12.000_201).abs() < 1e-9, "{sum_seconds}");
    }
}
