//! Grades a connection and names the causes, with hysteresis so that the grade does not flicker.
//!
//! Bitrate is not a quality signal: a still scene needs hardly any. The thresholds are those of conversation.
//! From about 300 ms of round trip people start to talk over each other (ITU-T G.114: 150 ms one way), and
//! audio conceals about one lost packet in fifty.

use std::time::Duration;

use protocol::UnixMillis;

use crate::quality::Figures;
use crate::{Cause, Grade, Limit, Permille};

/// Round trip from which the grade is fair, or poor.
const SLOW: (Duration, Duration) = (Duration::from_millis(300), Duration::from_millis(600));

/// Loss, in thousandths, from which the grade is fair, or poor.
const LOSSY: (u16, u16) = (20, 80);

/// Time for which a connection must be worse before its grade falls.
const WORSE: Duration = Duration::from_secs(2);

/// Time for which a connection must be better before its grade rises.
const BETTER: Duration = Duration::from_secs(5);

/// Grades these figures, and names the causes of a grade below good.
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

/// A grade with hysteresis.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Steady {
    shown: Grade,
    /// Since when the grade differs from the one shown, and the smallest difference since then.
    otherwise: Option<(UnixMillis, Grade)>,
}

impl Steady {
    /// Whether the last grade was the one shown.
    pub(crate) fn is_settled(&self) -> bool {
        self.otherwise.is_none()
    }

    /// Handles the grade of this moment; returns the one to show.
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
