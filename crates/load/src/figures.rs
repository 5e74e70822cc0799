//! Measurements, and the table that shows them.

use std::fmt;
use std::time::Duration;

/// Measurements by name, in order.
#[derive(Clone, Debug, Default)]
pub struct Figures(Vec<(String, String)>);

impl Figures {
    /// Adds a measurement.
    pub fn add(&mut self, name: impl Into<String>, value: impl fmt::Display) {
        self.0.push((name.into(), value.to_string()));
    }

    /// Adds the median and the 99th percentile of some durations.
    pub fn add_times(&mut self, name: &str, times: &mut [Duration]) {
        times.sort_unstable();
        for (label, part) in [("p50", 50), ("p99", 99)] {
            let millis = quantile(times, part).as_secs_f64() * 1000.0;
            self.add(format!("{name}, {label}"), format_args!("{millis:.2} ms"));
        }
    }

    /// Appends the measurements of another part.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// Returns the percentile `of_hundred` of sorted durations, by nearest rank; zero if there are none.
pub fn quantile(times: &[Duration], of_hundred: usize) -> Duration {
    let last = times.len().saturating_sub(1);
    let place = (times.len() * of_hundred).div_ceil(100).saturating_sub(1);
    times.get(place.min(last)).copied().unwrap_or_default()
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| measurement | value |\n|---|---|")?;
        for (name, value) in &self.0 {
            writeln!(f, "| {name} | {value} |")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_is_the_nearest_rank() {
        let times: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(quantile(&times, 50), Duration::from_millis(50));
        assert_eq!(quantile(&times, 99), Duration::from_millis(99));
        assert_eq!(quantile(&times[..1], 99), Duration::from_millis(1));
        assert_eq!(quantile(&[], 50), Duration::ZERO);
    }
}
