//! Explanations of the steps; each line of the trace links to one.

use call_core::Meaning;
use leptos::prelude::*;

use crate::text::{meaning, use_text};

/// All explanations, in the order in which a call meets them.
#[component]
pub fn Meanings() -> impl IntoView {
    let text = use_text();
    let one = move |of: Meaning| {
        let meant = move || meaning::meant(text.now(), of);
        view! {
            <div class="meaning" id=meaning::anchor(of) tabindex="-1">
                <h3>{move || meant().title}</h3>
                <p>{move || meant().text}</p>
                <p class="meaning-section" lang="en">{move || meant().section}</p>
            </div>
        }
    };
    view! {
        <section class="lab-part" aria-labelledby="meanings-title">
            <h2 id="meanings-title">{text.of(|t| t.meanings)}</h2>
            <div class="meanings">{Meaning::ALL.map(one).collect_view()}</div>
        </section>
    }
}
