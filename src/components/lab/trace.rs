//! The trace of a call, step by step.

use call_core::TraceEntry;
use leptos::html::Div;
use leptos::prelude::*;

use crate::text::{meaning, step, use_text};
use crate::views::use_lab;

/// Distance from the end, in CSS pixels, that counts as at the end (chosen).
const NEAR: i32 = 32;

/// The log. It stays at its end while it grows, unless the user scrolled. It is not announced: a call has
/// sixty steps in half a second.
#[component]
pub fn Trace() -> impl IntoView {
    let (text, lab) = (use_text(), use_lab());
    let node = NodeRef::<Div>::new();
    let (at_end, top) = (StoredValue::new(true), StoredValue::new(0));
    let trace = Memo::new(move |_| lab.with(|lab| (lab.loopback.run, lab.loopback.trace.clone())));
    let empty = Memo::new(move |_| trace.with(|(_, trace)| trace.is_empty()));
    let entries = move || {
        let (run, trace) = trace.get();
        let numbered = trace.into_iter().enumerate();
        numbered
            .map(move |(number, entry)| ((run, number), entry))
            .collect::<Vec<_>>()
    };
    Effect::new(move |_| {
        let grown = trace.with(|(_, trace)| trace.len());
        if grown < 2 {
            at_end.set_value(true);
        }
        // After the lines are rendered.
        request_animation_frame(move || {
            if let (Some(true), Some(log)) = (at_end.try_get_value(), node.try_get_untracked().flatten()) {
                log.set_scroll_top(log.scroll_height());
            }
        });
    });
    let scrolled = move |_| {
        if let Some(log) = node.get_untracked() {
            // The log may have grown since it was scrolled to its end, so only scrolling back means that the
            // user left it.
            let now = log.scroll_top();
            let near = log.scroll_height() - now - log.client_height() < NEAR;
            let back = now < top.get_value();
            at_end.update_value(|at_end| *at_end = near || (*at_end && !back));
            top.set_value(now);
        }
    };
    view! {
        <section class="lab-part lab-trace" aria-labelledby="trace-title">
            <h2 id="trace-title">{text.of(|t| t.trace)}</h2>
            <div
                class="trace-log"
                node_ref=node
                on:scroll=scrolled
                tabindex="0"
                role="log"
                aria-live="off"
                aria-labelledby="trace-title"
            >
                <Show when=move || empty.get()>
                    <p class="lab-hint">{text.of(|t| t.trace_empty)}</p>
                </Show>
                <For each=entries key=|(key, _)| *key let((_, entry))>
                    <Line entry=entry />
                </For>
            </div>
        </section>
    }
}

/// One step, which links to its explanation.
#[component]
fn Line(entry: TraceEntry) -> impl IntoView {
    let text = use_text();
    let seconds = step::seconds(&entry);
    // A fragment alone would be resolved against the `<base>`, which is another page.
    let path = window().location().pathname().unwrap_or_default();
    let link = format!("{path}#{}", meaning::anchor(entry.step.meaning()));
    let end = entry.end;
    let concerns_both = end.is_none();
    view! {
        <p class="trace-line" class:is-both=concerns_both>
            <span class="trace-time">{seconds}</span>
            " "
            <span class="trace-end">{move || step::end(text.now(), end)}</span>
            " "
            <a href=link>{move || step::step(text.now(), &entry.step)}</a>
        </p>
    }
}
