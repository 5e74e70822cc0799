//! The figures of a connection, one per line; a figure that is not known has no line.

use call_core::{QualityDetails, QualityPoint, QualityView, Source};
use leptos::prelude::*;

use crate::text::connection::{self, Directions};
use crate::text::{Texts, use_text};

/// Finds a figure in the details of a connection.
type Find = fn(&Texts, &Directions<'_>, &QualityDetails) -> Option<String>;

/// A line: its label and its figure.
type Line = (fn(&'static Texts) -> &'static str, Find);

/// The lines, in order.
const LINES: [Line; 12] = [
    (
        |t| t.figure_path,
        |t, _, all| all.path.map(|path| connection::path(t, path)),
    ),
    (
        |t| t.figure_round_trip,
        |t, _, all| last(all).round_trip.map(|trip| connection::millis(t, trip)),
    ),
    (
        |t| t.figure_lost,
        |t, ways, all| {
            let last = last(all);
            ways.both(
                t,
                last.lost_in.map(connection::percent),
                last.lost_out.map(connection::percent),
            )
        },
    ),
    (
        |t| t.figure_rate,
        |t, ways, all| {
            let last = last(all);
            let rate = |kbps| connection::rate(t, kbps);
            ways.both(t, last.down.map(rate), last.up.map(rate))
        },
    ),
    (
        |t| t.figure_available,
        |t, _, all| all.available.map(|kbps| connection::rate(t, kbps)),
    ),
    (
        |t| t.figure_picture_in,
        |t, _, all| connection::picture(t, &all.inbound, Source::Camera),
    ),
    (
        |t| t.figure_picture_out,
        |t, _, all| connection::picture(t, &all.outbound, Source::Camera),
    ),
    (
        |t| t.figure_screen_in,
        |t, _, all| connection::picture(t, &all.inbound, Source::Screen),
    ),
    (
        |t| t.figure_screen_out,
        |t, _, all| connection::picture(t, &all.outbound, Source::Screen),
    ),
    (
        |t| t.figure_sound,
        |_, _, all| {
            let microphone = |stream: &&call_core::StreamView| stream.source == Source::Microphone;
            let sound = all
                .inbound
                .iter()
                .find(microphone)
                .or_else(|| all.outbound.iter().find(microphone));
            sound.and_then(|sound| sound.codec.clone())
        },
    ),
    (
        |t| t.figure_stalls,
        |_, _, all| (all.stalls > 0).then(|| all.stalls.to_string()),
    ),
    (
        |t| t.figure_limit,
        |t, _, all| Some(connection::limit(t, &all.causes).to_owned()),
    ),
];

fn last(all: &QualityDetails) -> QualityPoint {
    all.points.last().copied().unwrap_or_default()
}

/// All figures of the inspected connection.
#[component]
pub fn Figures(inspected: Memo<Option<QualityView>>, name: StoredValue<String>) -> impl IntoView {
    let text = use_text();
    let lines = LINES.map(|(label, find)| {
        let value = Memo::new(move |_| {
            inspected.with(|quality| {
                let details = quality.as_ref()?.details.as_ref()?;
                name.with_value(|name| find(text.now(), &Directions { name }, details))
            })
        });
        view! {
            <div hidden=move || value.with(Option::is_none)>
                <dt>{text.of(label)}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! { <dl class="figures">{lines.into_iter().collect_view()}</dl> }
}
