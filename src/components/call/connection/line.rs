//! One line of a chart: its drawing, and its text.

use std::fmt::Write;

use call_core::QualityPoint;

use crate::text::{Texts, fill};

/// The value of a line at a point, if it is known.
pub type Pick = fn(&QualityPoint) -> Option<f64>;

/// Width and height of a chart, in units of its view box.
pub const WIDTH: f64 = 120.0;
pub const HEIGHT: f64 = 40.0;
/// The time that a chart shows, in milliseconds.
const SPAN: f64 = 60_000.0;
/// Points farther apart than this, in milliseconds, are not joined by a line: there was no measurement
/// between them.
const GAP: u64 = 2_500;

/// The lowest, highest and current value, as a text.
pub fn range(
    t: &Texts,
    points: &[QualityPoint],
    pick: Pick,
    say: fn(&Texts, f64) -> String,
) -> Option<String> {
    let figures = || points.iter().filter_map(pick);
    let (least, most, now) = (
        figures().reduce(f64::min)?,
        figures().reduce(f64::max)?,
        figures().next_back()?,
    );
    let [least, most, now] = [least, most, now].map(|figure| say(t, figure));
    Some(fill(
        t.chart_range,
        &[("least", &least), ("most", &most), ("now", &now)],
    ))
}

/// The line through the points as an SVG path, with the newest point at the right.
#[allow(clippy::cast_precision_loss, reason = "a minute in milliseconds is exact")]
pub fn draw(points: &[QualityPoint], pick: Pick, top: f64) -> String {
    let end = points.last().map_or(0, |point| point.at.0);
    let mut path = String::new();
    let mut before = None;
    for point in points {
        let ago = end.saturating_sub(point.at.0) as f64;
        let Some(figure) = pick(point).filter(|_| ago <= SPAN) else {
            continue;
        };
        let near = before.is_some_and(|before| point.at.0.saturating_sub(before) <= GAP);
        before = Some(point.at.0);
        let (x, y) = (
            WIDTH * (1.0 - ago / SPAN),
            HEIGHT * (1.0 - (figure / top).min(1.0)),
        );
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{x:.1} {y:.1}", if near { 'L' } else { 'M' });
    }
    path
}
