//! Shown until the first page is known.

use leptos::prelude::*;

use super::card::Card;
use crate::text::use_early_text;
use crate::views::{Loading, use_loading};

/// Shown until the first page is known.
#[component]
pub fn Starting() -> impl IntoView {
    let text = use_early_text();
    view! {
        <Card>
            <Waiting words=Signal::derive(move || text.now().starting.to_owned()) />
            <LoadFailure />
        </Card>
    }
}

/// A progress indicator with a title.
#[component]
pub fn Waiting(words: Signal<String>) -> impl IntoView {
    view! {
        <div class="waiting">
            <span class="spinner" aria-hidden="true"></span>
            <h1>{words}</h1>
        </div>
    }
}

/// Tells that the core could not be loaded yet.
#[component]
pub fn LoadFailure() -> impl IntoView {
    let (text, loading) = (use_early_text(), use_loading());
    let failed = move || (loading.get() == Loading::Failed).then(|| text.now().load_failed);
    view! { <p class="form-error" role="alert">{failed}</p> }
}
