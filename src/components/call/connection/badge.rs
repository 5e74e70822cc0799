//! The badge of a tile: one to three bars for the quality of the connection, and a text while it stays poor.

use call_core::{Grade, StageIntent};
use leptos::prelude::*;
use protocol::ParticipantId;

use crate::text::{connection, fill, use_text};
use crate::views::{use_dispatch, use_quality};

/// The three bars, from the left; those above the grade are dim.
const BARS: [(&str, Grade); 3] = [
    ("M5 19v-4", Grade::Poor),
    ("M12 19v-9", Grade::Fair),
    ("M19 19V5", Grade::Good),
];

/// The badge, which opens the dialog; shown once the quality is known.
#[component]
pub fn Badge(peer: ParticipantId, person: String) -> impl IntoView {
    let (text, quality, dispatch) = (use_text(), use_quality(), use_dispatch());
    let known = Memo::new(move |_| {
        quality.with(|quality| {
            let found = quality.iter().find(|quality| quality.peer == peer);
            found.map(|quality| (quality.grade, quality.weak))
        })
    });
    let there = Memo::new(move |_| known.get().is_some());
    let grade = Memo::new(move |_| known.get().map(|(grade, _)| grade).unwrap_or_default());
    let weak = Memo::new(move |_| known.get().is_some_and(|(_, weak)| weak));
    let name = StoredValue::new(person);
    let named = move |text: &str| name.with_value(|name| fill(text, &[("name", name)]));
    let label = move || named(connection::badge(text.now(), grade.get()));
    let bars = move || {
        let bar = |(path, least): (&'static str, Grade)| {
            view! { <path d=path class:is-dim=move || least < grade.get() /> }
        };
        BARS.map(bar)
    };
    view! {
        <Show when=move || there.get()>
            <div class="tile-connection" data-grade=move || connection::kind(grade.get())>
                <button
                    type="button"
                    class="button is-icon tile-quality"
                    aria-haspopup="dialog"
                    aria-label=label
                    title=label
                    on:click=move |_| dispatch.send(StageIntent::InspectConnection(Some(peer)))
                >
                    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{bars}</svg>
                </button>
                <Show when=move || weak.get()>
                    <span class="tile-weak">{move || named(text.now().tile_weak)}</span>
                </Show>
            </div>
        </Show>
    }
}
