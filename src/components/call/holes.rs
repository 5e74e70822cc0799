//! Who of the conference does not hear whom: told to all of it, so that nobody sits in silence without knowing.

use leptos::prelude::*;

use crate::text::{hole, use_text};
use crate::views::use_call;

/// One line for each hole. The region is there before its first line, so that a screen reader tells it.
#[component]
pub fn Holes() -> impl IntoView {
    let (text, call) = (use_text(), use_call());
    let holes = Memo::new(move |_| call.with(|call| call.holes.clone()));
    let lines = move || {
        let holes = holes.get();
        holes
            .iter()
            .map(|found| hole::words(text.now(), found))
            .collect::<Vec<_>>()
    };
    view! {
        <div class="holes" role="status" aria-label=text.of(|t| t.holes)>
            <For each=lines key=Clone::clone let:line>
                <p>{line}</p>
            </For>
        </div>
    }
}
