//! Charts of the last minute of a connection; each has a text alternative.

use std::time::Duration;

use call_core::{Kbps, Permille, QualityPoint, QualityView};
use leptos::prelude::*;

use super::line::{HEIGHT, Pick, WIDTH, draw, range};
use crate::text::{Texts, connection, fill, use_text};

/// One line of a chart: its name, unless it is the only one, and its value at a point.
type Line = (Option<fn(&Texts) -> &'static str>, Pick);

/// A chart. Its top is never lower than `least`, so that small values do not look large.
struct Chart {
    title: fn(&'static Texts) -> &'static str,
    lines: &'static [Line],
    least: f64,
    say: fn(&Texts, f64) -> String,
}

const CHARTS: [Chart; 3] = [
    Chart {
        title: |t| t.figure_round_trip,
        lines: &[(None, |point| {
            point.round_trip.map(|trip| trip.as_secs_f64() * 1000.0)
        })],
        least: 100.0,
        say: |t, millis| connection::millis(t, Duration::from_secs_f64(millis / 1000.0)),
    },
    Chart {
        title: |t| t.figure_lost,
        lines: &[
            (Some(|t| t.way_in), |point| point.lost_in.map(share)),
            (Some(|t| t.way_out), |point| point.lost_out.map(share)),
        ],
        least: 50.0,
        say: |_, share| {
            Permille::of(whole(share), 1000)
                .map(connection::percent)
                .unwrap_or_default()
        },
    },
    Chart {
        title: |t| t.figure_rate,
        lines: &[
            (Some(|t| t.way_in), |point| point.down.map(rate)),
            (Some(|t| t.way_out), |point| point.up.map(rate)),
        ],
        least: 100.0,
        say: |t, kbps| connection::rate(t, Kbps(u32::try_from(whole(kbps)).unwrap_or(u32::MAX))),
    },
];

fn share(share: Permille) -> f64 {
    f64::from(share.get())
}

fn rate(kbps: Kbps) -> f64 {
    f64::from(kbps.0)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures are not negative, and what is too large is the largest"
)]
fn whole(figure: f64) -> u64 {
    figure.round() as u64
}

/// The charts of the inspected connection.
#[component]
pub fn Charts(inspected: Memo<Option<QualityView>>, name: StoredValue<String>) -> impl IntoView {
    let points = Memo::new(move |_| {
        inspected.with(|quality| {
            let details = quality.as_ref().and_then(|quality| quality.details.as_ref());
            details.map(|details| details.points.clone()).unwrap_or_default()
        })
    });
    let charts = CHARTS.map(|chart| view! { <Drawing chart=chart points=points name=name /> });
    view! { <div class="charts">{charts.into_iter().collect_view()}</div> }
}

#[component]
fn Drawing(chart: Chart, points: Memo<Vec<QualityPoint>>, name: StoredValue<String>) -> impl IntoView {
    let text = use_text();
    let Chart {
        title,
        lines,
        least,
        say,
    } = chart;
    let top = Memo::new(move |_| {
        points.with(|points| {
            let figures = points
                .iter()
                .flat_map(|point| lines.iter().filter_map(|(_, pick)| pick(point)));
            figures.fold(least, f64::max)
        })
    });
    let way = move |t: &Texts, way, figure: &str| name.with_value(|name| in_way(t, way, figure, name));
    let words = move || {
        let t = text.now();
        let said = points.with(|points| {
            let lines = lines.iter();
            let said = lines.filter_map(|(of, pick)| Some(way(t, *of, &range(t, points, *pick, say)?)));
            said.reduce(|one, other| connection::both(t, &one, &other))
        });
        let (what, figures) = (title(t), said.unwrap_or_default());
        fill(t.chart, &[("what", what), ("figures", &figures)])
    };
    let legend = move || {
        let ways = lines.iter().filter(|(of, _)| of.is_some());
        let named = |(of, _): &Line| way(text.now(), *of, "").trim().to_owned();
        ways.map(|line| view! { <span class="chart-way">{named(line)}</span> })
            .collect_view()
    };
    let paths = lines.iter().map(|(_, pick)| {
        let pick = *pick;
        let drawn = move || points.with(|points| draw(points, pick, top.get()));
        view! { <path d=drawn /> }
    });
    view! {
        <figure class="chart">
            <figcaption aria-hidden="true">
                <span>{text.of(title)}</span>
                {legend}
                <span class="chart-top">{move || say(text.now(), top.get())}</span>
            </figcaption>
            <svg
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                preserveAspectRatio="none"
                role="img"
                aria-label=words
            >
                {paths.collect_view()}
            </svg>
        </figure>
    }
}

/// A figure with its direction, where there are two.
fn in_way(t: &Texts, way: Option<fn(&Texts) -> &'static str>, range: &str, name: &str) -> String {
    match way {
        Some(way) => fill(way(t), &[("figure", range), ("name", name)]),
        None => range.to_owned(),
    }
}
