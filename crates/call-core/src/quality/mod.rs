//! The quality of one connection: figures of the last minute, and a grade.
//!
//! A pure machine over samples and moments. Figures come from two successive samples; there are none for the
//! time in which the page was hidden.

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

pub use sample::{Inbound, Kbps, Limit, Outbound, Path, Permille, Picture, Sample};
pub use stats::Record;
pub use view::{Cause, Grade, QualityDetails, QualityPoint, QualityView, StreamView};

/// Time for which points are kept: what the charts show.
const KEPT: Duration = Duration::from_secs(60);

/// Cap on the points that are kept: a minute at one sample per second, also if the clock is set back.
const MOST_POINTS: usize = 60;

/// Longest time between two samples that still give figures: twice the interval of samples while all is well
/// (`link/attention.rs`), and a little more.
const APART: Duration = Duration::from_secs(12);

/// Time that the grade averages over (chosen): in a single second, a few lost packets are chance.
const RECENT: Duration = Duration::from_secs(5);

/// Time after which a poor connection counts as weak (chosen).
const WEAK: Duration = Duration::from_secs(5);

/// Quality history of a connection.
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
    /// The history that a new epoch of the link starts with.
    pub(crate) fn renewed(&self) -> Self {
        Self {
            last: None,
            ..self.clone()
        }
    }

    /// Handles a sample.
    pub(crate) fn sampled(&mut self, now: UnixMillis, sample: Sample) {
        let figures = self.last.as_ref().and_then(|(then, before)| {
            let span = Duration::from_millis(now.0.checked_sub(then.0)?);
            (span <= APART).then(|| Figures::between(before, &sample, span))
        });
        self.last = Some((now, sample));
        let Some(figures) = figures else { return };
        let old = |point: &QualityPoint| now.since(point.at) >= KEPT;
        while self.points.len() >= MOST_POINTS || self.points.front().is_some_and(old) {
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
    }

    /// The grade, once there are figures.
    pub(crate) fn grade(&self) -> Option<Grade> {
        self.grade
    }

    /// Whether the grade is good, and nothing suggests another.
    pub(crate) fn is_good(&self) -> bool {
        self.grade == Some(Grade::Good) && self.steady.is_settled()
    }

    /// Whether the connection has been poor for [`WEAK`].
    pub(crate) fn weak(&self) -> bool {
        self.weak
    }

    /// The details to show; `stalls` counts interruptions of playback.
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
        let recent = |point: &&QualityPoint| now.since(point.at) < RECENT;
        let points = || self.points.iter().rev().take_while(recent);
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
        // A cause that has not lasted long enough to change the grade is not shown either.
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
