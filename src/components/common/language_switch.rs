//! The button that changes the language.

use leptos::prelude::*;

use crate::text::use_early_text;

/// Switches to the other language; its label is that language's own name.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let text = use_early_text();
    let other = move || text.language().other();
    view! {
        <button
            type="button"
            class="button is-quiet language-switch"
            lang=move || other().tag()
            on:click=move |_| text.choose(other())
        >
            {move || other().early_texts().language_name}
        </button>
        <Show when=move || text.failed()>
            <p class="form-error" role="alert">{text.of(|t| t.language_not_loaded)}</p>
        </Show>
    }
}
