//! Measurements, and the table that shows them.

use std::fmt;
use std::time::Duration;

/// Measurements by name, in order.
#[derive(Clone, Debug, Default)]
pub struct Figures(Vec<Row>);

#[derive(Clone, Debug)]
struct Row {
    name: String,
    value: String,
    /// The value as a number, if the floor's is shown beside it.
    number: Option<f64>,
}

impl Figures {
    /// Adds a measurement.
    pub fn add(&mut self, name: impl Into<String>, value: impl fmt::Display) {
        self.0.push(Row {
            name: name.into(),
            value: value.to_string(),
            number: None,
        });
    }

    /// Adds a measurement of which the floor's is shown as well; `places` is the number of decimals.
    pub fn add_compared(&mut self, name: &str, number: f64, places: usize, unit: &str) {
        let value = format!("{number:.places$} {unit}");
        self.0.push(Row {
            name: name.to_owned(),
            value: value.trim_end().to_owned(),
            number: Some(number),
        });
    }

    /// Adds the median and the 99th percentile of some durations.
    pub fn add_times(&mut self, name: &str, times: &mut [Duration]) {
        times.sort_unstable();
        for (label, part) in [("p50", 50), ("p99", 99)] {
            let millis = quantile(times, part).as_secs_f64() * 1000.0;
            self.add(format!("{name}, {label}"), format_args!("{millis:.2} ms"));
        }
    }

    /// Appends the measurements of a server, each with the floor's and the ratio of the two where they are compared.
    pub fn extend_beside(&mut self, server: Self, floor: &Self) {
        for row in server.0 {
            let beside = floor.0.iter().find(|other| other.name == row.name);
            let compared = row.number.zip(beside.and_then(|other| other.number));
            let rows = beside.zip(compared).map(|(beside, (number, least))| {
                let times = format!("{:.2}", number / least);
                [("floor", beside.value.clone()), ("times the floor", times)]
                    .map(|(label, value)| (format!("{}, {label}", row.name), value))
            });
            self.0.push(row);
            for (name, value) in rows.into_iter().flatten() {
                self.add(name, value);
            }
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
        for Row { name, value, .. } in &self.0 {
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

    #[test]
    fn compared_figures_have_the_floor_and_the_ratio_beside_them() {
        let figures = |memory, sockets| {
            let mut figures = Figures::default();
            figures.add_compared("memory", memory, 0, "bytes");
            figures.add("sockets", sockets);
            figures
        };
        let mut both = Figures::default();
        both.extend_beside(figures(300.0, 1), &figures(200.0, 2));
        let rows = "| memory | 300 bytes |\n| memory, floor | 200 bytes |\n\
                    | memory, times the floor | 1.50 |\n| sockets | 1 |\n";
        assert!(both.to_string().ends_with(rows), "{both}");
    }
}
