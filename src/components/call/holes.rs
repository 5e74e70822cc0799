//! Participants of the conference who do not receive each other, shown to the whole conference, so that no
//! one waits in silence without knowing why.

use leptos::prelude::*;

use crate::text::{hole, use_text};
use crate::views::use_call;

/// One line per pair. The region exists before its first line, so that screen readers announce it.
#[component]
pub fn MissingPairs() -> impl IntoView {
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
