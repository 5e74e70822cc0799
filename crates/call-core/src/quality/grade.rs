//! How good a connection is, in one word, and why it is no better: a word that does not flicker.
//!
//! How many bits a picture has says nothing: one in which nothing moves needs hardly any. The bounds are those of talk, not of files: from about 300 ms there and back people begin to talk into each other's
//! words (ITU-T G.114 has 150 ms each way), and sound hides about one lost packet in fifty.

use std::time::Duration;

use protocol::UnixMillis;

use crate::quality::Figures;
use crate::{Cause, Grade, Limit, Permille};

const SLOW: (Duration, Duration) = (Duration::from_millis(300), Duration::from_millis(600));

/// In thousandths.
const LOSSY: (u16, u16) = (20, 80);

/// Worse for this long is worse.
const WORSE: Duration = Duration::from_secs(2);

/// Better for this long is better.
const BETTER: Duration = Duration::from_secs(5);

/// How good a connection was by these figures, and why it was no better.
pub(crate) fn assess(figures: &Figures) -> (Grade, Vec<Cause>) {
    let lossy = |lost: Option<Permille>| of(lost.unwrap_or_default().get(), LOSSY);
    let fair = |is: bool| if is { Grade::Fair } else { Grade::Good };
    let judged = [
        (Cause::RoundTrip, of(figures.round_trip.unwrap_or_default(), SLOW)),
        (Cause::LossIn, lossy(figures.lost_in)),
        (Cause::LossOut, lossy(figures.lost_out)),
        (Cause::Bandwidth, fair(figures.limit == Some(Limit::Bandwidth))),
        (Cause::Processor, fair(figures.limit == Some(Limit::Processor))),
    ];
    let causes = judged.iter().filter(|(_, grade)| *grade > Grade::Good);
    (
        judged.iter().map(|(_, grade)| *grade).max().unwrap_or_default(),
        causes.map(|(cause, _)| *cause).collect(),
    )
}

fn of<T: PartialOrd + Copy>(value: T, (fair, poor): (T, T)) -> Grade {
    if value >= poor {
        Grade::Poor
    } else if value >= fair {
        Grade::Fair
    } else {
        Grade::Good
    }
}

/// A grade that takes its time to change.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Steady {
    shown: Grade,
    /// Since when it has been otherwise, and by how much at the least.
    otherwise: Option<(UnixMillis, Grade)>,
}

impl Steady {
    /// Takes in what the grade is by itself now, and gives what it is said to be.
    pub(crate) fn follow(&mut self, now: UnixMillis, grade: Grade) -> Grade {
        let same_way = |other: Grade| (other > self.shown) == (grade > self.shown);
        let run = self.otherwise.filter(|(_, other)| same_way(*other));
        if grade == self.shown {
            self.otherwise = None;
            return self.shown;
        }
        let (since, least) = run.unwrap_or((now, grade));
        let (least, patience) = if grade > self.shown {
            (least.min(grade), WORSE)
        } else {
            (least.max(grade), BETTER)
        };
        self.otherwise = Some((since, least));
        if now.since(since) >= patience {
            *self = Self {
                shown: least,
                otherwise: None,
            };
        }
        self.shown
    }
}

#[cfg(test)]
mod tests;
