//! A part of the page that can fail without the rest: an error is shown in its place, with a button to try
//! again.
//!
//! A component inside reports a failure by rendering a `Result`: an error in a view goes to the nearest
//! boundary.

use leptos::error::Errors;
use leptos::prelude::*;

use super::Icon;
use crate::text::use_text;

/// Shows its children, or, when one of them is an error, the error, until the user renders them again.
#[component]
pub fn Boundary(children: ChildrenFn) -> impl IntoView {
    let attempt = Trigger::new();
    move || {
        attempt.track();
        let children = children.clone();
        view! {
            <ErrorBoundary fallback=move |errors| {
                view! { <Broken errors=errors again=attempt /> }
            }>{children()}</ErrorBoundary>
        }
    }
}

/// The error in place of a part that failed.
#[component]
fn Broken(errors: ArcRwSignal<Errors>, again: Trigger) -> impl IntoView {
    let text = use_text();
    let details = move || {
        let errors = errors.get().into_iter().map(|(_, error)| error.to_string());
        errors.collect::<Vec<_>>().join("\n")
    };
    view! {
        <div class="broken" role="alert">
            <h2>{text.of(|t| t.part_broken)}</h2>
            <p>{text.of(|t| t.part_broken_text)}</p>
            <button type="button" class="button" on:click=move |_| again.notify()>
                {Icon::AGAIN.into_render()}
                {text.of(|t| t.show_again)}
            </button>
            <details>
                <summary>{text.of(|t| t.what_went_wrong)}</summary>
                <pre>{details}</pre>
            </details>
        </div>
    }
}
