//! The words of a message, folded while it is long.

use call_core::message_text::is_folded;
use leptos::prelude::*;

use super::scroll::Scroll;
use crate::text::use_text;

/// The words. A long message shows its beginning and a button for the rest.
#[component]
pub fn Words(words: String) -> impl IntoView {
    let (text, scroll) = (use_text(), expect_context::<Scroll>());
    let long = is_folded(&words);
    let folded = RwSignal::new(long);
    let toggle = move |_| {
        scroll.hold();
        folded.update(|folded| *folded = !*folded);
    };
    let label = move || {
        let t = text.now();
        if folded.get() { t.chat_more } else { t.chat_less }
    };
    view! {
        <p class="line-words" class:is-folded=move || folded.get() dir="auto">
            {words}
        </p>
        {long.then(|| view! {
            <button
                type="button"
                class="button is-quiet line-fold"
                aria-expanded=move || (!folded.get()).to_string()
                on:click=toggle
            >
                {label}
            </button>
        })}
    }
}
