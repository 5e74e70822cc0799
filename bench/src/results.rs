//! All samples of a run, by row and contender.

use serde::Serialize;

use crate::error::BenchError;
use crate::figure::{Figure, Spread};
use crate::rows::Rows;

/// Maximum length of an error in the report, in characters.
const SHORTENED: usize = 200;

/// A figure with the samples of all contenders.
#[derive(Clone, Debug)]
pub struct Row {
    pub rows: Rows,
    pub people: Option<usize>,
    pub name: String,
    pub unit: String,
    /// By contender.
    samples: Vec<Vec<f64>>,
}

impl Row {
    /// The samples of a contender.
    pub fn samples(&self, contender: usize) -> &[f64] {
        &self.samples[contender]
    }

    /// Median and spread of a contender, if it was measured.
    pub fn spread(&self, contender: usize) -> Option<Spread> {
        Spread::of(&self.samples[contender])
    }

    /// A contender's median divided by that of another, if both were measured and the other is positive.
    pub fn ratio(&self, contender: usize, to: usize) -> Option<f64> {
        let base = self.spread(to)?.median;
        (base > 0.0).then_some(self.spread(contender)?.median / base)
    }
}

/// A measurement that failed.
#[derive(Clone, Debug, Serialize)]
pub struct Failed {
    pub rows: String,
    pub people: Option<usize>,
    pub contender: String,
    pub error: String,
}

/// All samples of a run.
#[derive(Clone, Debug)]
pub struct Results {
    /// Labels of the contenders.
    pub contenders: Vec<String>,
    pub table: Vec<Row>,
    pub failures: Vec<Failed>,
}

impl Results {
    pub fn new(contenders: Vec<String>) -> Self {
        Self {
            contenders,
            table: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// Adds a sample.
    pub fn add(&mut self, rows: Rows, people: Option<usize>, contender: usize, figure: Figure) {
        let same = |row: &Row| row.rows == rows && row.people == people && row.name == figure.name;
        let index = self.table.iter().position(same).unwrap_or_else(|| {
            self.table.push(Row {
                rows,
                people,
                name: figure.name.into_owned(),
                unit: figure.unit.into_owned(),
                samples: vec![Vec::new(); self.contenders.len()],
            });
            self.table.len() - 1
        });
        self.table[index].samples[contender].push(figure.value);
    }

    /// Notes that a measurement failed.
    pub fn fail(&mut self, rows: Rows, people: Option<usize>, contender: usize, error: &BenchError) {
        self.failures.push(Failed {
            rows: rows.to_string(),
            people,
            contender: self.contenders[contender].clone(),
            error: shortened(&error.to_string()),
        });
    }
}

/// The beginning of an error, in one line. The rest describes the page; the run prints it.
fn shortened(error: &str) -> String {
    let words: Vec<_> = error.split_whitespace().collect();
    words.join(" ").chars().take(SHORTENED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::figure;

    #[test]
    fn ratio_is_that_of_medians() {
        let mut results = Results::new(vec!["floor".to_owned(), "Confab".to_owned()]);
        for (contender, value) in [(0, 2.0), (1, 9.0), (1, 3.0), (1, 1.0)] {
            results.add(Rows::Call, None, contender, figure("time", "ms", value));
        }
        results.add(Rows::Mesh, Some(4), 1, figure("time", "ms", 5.0));
        assert_eq!(results.table.len(), 2);
        assert_eq!(results.table[0].ratio(1, 0), Some(1.5));
        assert_eq!(results.table[1].ratio(1, 0), None);
    }
}
