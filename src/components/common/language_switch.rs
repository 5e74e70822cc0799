//! The button that changes the language.

use leptos::prelude::*;

use crate::text::use_text;

/// Switches to the other language; its label is that language's own name.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let text = use_text();
    let other = move || text.language().other();
    view! {
        <button
            type="button"
            class="button is-quiet"
            lang=move || other().tag()
            on:click=move |_| text.choose(other())
        >
            {move || other().texts().language_name}
        </button>
    }
}
