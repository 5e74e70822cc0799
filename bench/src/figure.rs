//! One measured figure, and the median and spread of several.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

/// A measured figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What was measured.
    pub name: Cow<'static, str>,
    /// In what; may be empty.
    pub unit: Cow<'static, str>,
    pub value: f64,
}

/// Makes a figure.
pub fn figure(name: impl Into<Cow<'static, str>>, unit: impl Into<Cow<'static, str>>, value: f64) -> Figure {
    Figure {
        name: name.into(),
        unit: unit.into(),
        value,
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.name, rounded(self.value), self.unit)
    }
}

/// Median and spread of the samples of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
}

impl Spread {
    /// None if there are no samples.
    pub fn of(samples: &[f64]) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let median = if sorted.len().is_multiple_of(2) {
            f64::midpoint(*sorted.get(middle.checked_sub(1)?)?, sorted[middle])
        } else {
            sorted[middle]
        };
        Some(Self {
            median,
            min: *sorted.first()?,
            max: *sorted.last()?,
        })
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, min, max] = [self.median, self.min, self.max].map(rounded);
        if min == max {
            write!(f, "{median}")
        } else {
            write!(f, "{median} ({min}..{max})")
        }
    }
}

/// A value with three significant digits, or all digits before the point.
pub fn rounded(value: f64) -> String {
    let size = value.abs();
    let places = match size {
        _ if size == 0.0 || size >= 99.95 => 0,
        _ if size >= 9.995 => 1,
        _ => 2,
    };
    format!("{value:.places$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_is_in_the_middle() {
        let median = |samples: &[f64]| Spread::of(samples).map(|spread| spread.median);
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[9.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 9.0, 2.0]), Some(3.0));
    }

    #[test]
    fn spread_is_from_least_to_most() {
        let spread = Spread::of(&[12.0, 250.0, 7.5]).unwrap();
        assert_eq!(spread.to_string(), "12.0 (7.50..250)");
        assert_eq!(Spread::of(&[2.0, 2.0]).unwrap().to_string(), "2.00");
    }

    #[test]
    fn three_digits_are_enough() {
        assert_eq!(
            [0.0, 0.123, 9.999, 99.96, 1234.5].map(rounded),
            ["0", "0.12", "10.0", "100", "1234"]
        );
        assert_eq!(rounded(-12.34), "-12.3");
    }
}
