//! The quality of one connection: the last minute of it in figures, and how good it is said to be.
//!
//! A pure machine over samples and moments. Figures are those between two samples; where the page was out of sight
//! in between, there are none.

mod core;
mod figures;
mod grade;
mod sample;
mod show;
mod stats;
mod view;

use std::collections::VecDeque;
use std::time::Duration;

use protocol::UnixMillis;

use crate::Source;

use figures::Figures;
use grade::{Steady, assess};

pub use sample::{Energy, Inbound, Kbps, Limit, Outbound, Path, Permille, Picture, Sample};
pub use stats::Record;
pub use view::{Cause, Grade, QualityDetails, QualityPoint, QualityView, StreamView};

/// A minute, at one sample a second.
const MOST_POINTS: usize = 60;

/// Samples farther apart than this say nothing of the time between them that anybody would want to know.
const APART: Duration = Duration::from_secs(5);

/// A grade is that of the last few seconds: in a single one, a few packets more or less are chance.
const RECENT: usize = 5;

/// A connection that has been poor for this long is weak.
const WEAK: Duration = Duration::from_secs(5);

/// What is known of a connection's quality.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quality {
    last: Option<(UnixMillis, Sample)>,
    points: VecDeque<QualityPoint>,
    steady: Steady,
    grade: Option<Grade>,
    causes: Vec<Cause>,
    poor_since: Option<UnixMillis>,
    weak: bool,
}

impl Quality {
    /// What stays when the connection is made anew.
    pub(crate) fn renewed(&self) -> Self {
        Self {
            last: None,
            ..self.clone()
        }
    }

    /// Takes in a look at the connection, and gives what the time since the last one was like.
    pub(crate) fn sampled(&mut self, now: UnixMillis, sample: Sample) -> Option<Figures> {
        let figures = self.last.as_ref().and_then(|(then, before)| {
            let span = Duration::from_millis(now.0.checked_sub(then.0)?);
            (span <= APART).then(|| Figures::between(before, &sample, span))
        });
        self.last = Some((now, sample));
        let figures = figures?;
        if self.points.len() == MOST_POINTS {
            self.points.pop_front();
        }
        self.points.push_back(QualityPoint {
            at: now,
            round_trip: figures.round_trip,
            lost_in: figures.lost_in,
            lost_out: figures.lost_out,
            down: figures.down,
            up: figures.up,
        });
        self.judge(now, &figures);
        Some(figures)
    }

    /// How good it is, once that is known.
    pub(crate) fn grade(&self) -> Option<Grade> {
        self.grade
    }

    /// Whether it has been poor for a while.
    pub(crate) fn weak(&self) -> bool {
        self.weak
    }

    /// All that there is to be known of it, with how often something did not play.
    pub(crate) fn details(&self, stalls: u32) -> QualityDetails {
        let sample = self.last.as_ref().map(|(_, sample)| sample);
        let arriving = sample.into_iter().flat_map(|sample| &sample.inbound);
        let sent = sample.into_iter().flat_map(|sample| &sample.outbound);
        QualityDetails {
            path: sample.and_then(|sample| sample.path),
            available: sample.and_then(|sample| sample.available),
            inbound: arriving
                .map(|(source, stream)| view(*source, stream.picture, stream.codec.as_ref()))
                .collect(),
            outbound: sent
                .map(|(source, stream)| view(*source, stream.picture, stream.codec.as_ref()))
                .collect(),
            stalls,
            causes: self.causes.clone(),
            points: self.points.iter().copied().collect(),
        }
    }

    fn judge(&mut self, now: UnixMillis, figures: &Figures) {
        let points = || self.points.iter().rev().take(RECENT);
        let lost = |pick: fn(&QualityPoint) -> Option<Permille>| {
            let (sum, count) = points().filter_map(pick).fold((0, 0), |(sum, count), lost| {
                (sum + u64::from(lost.get()), count + 1)
            });
            Permille::of(sum, count * 1000)
        };
        let round_trips: Vec<Duration> = points().filter_map(|point| point.round_trip).collect();
        let recent = Figures {
            round_trip: u32::try_from(round_trips.len())
                .ok()
                .and_then(|count| round_trips.iter().sum::<Duration>().checked_div(count)),
            lost_in: lost(|point| point.lost_in),
            lost_out: lost(|point| point.lost_out),
            ..*figures
        };
        let (grade, causes) = assess(&recent);
        let shown = self.steady.follow(now, grade);
        self.grade = Some(shown);
        // What has not lasted long enough for another word is no cause of anything yet.
        self.causes = if shown == Grade::Good { Vec::new() } else { causes };
        self.poor_since = (shown == Grade::Poor).then(|| self.poor_since.unwrap_or(now));
        self.weak = self.poor_since.is_some_and(|since| now.since(since) >= WEAK);
    }
}

fn view(source: Source, picture: Option<Picture>, codec: Option<&String>) -> StreamView {
    StreamView {
        source,
        picture,
        codec: codec.cloned(),
    }
}

#[cfg(test)]
mod tests;
