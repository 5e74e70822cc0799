//! The mark of people who speak, with a text for screen readers. It is not announced, since it
//! changes throughout a conversation.

use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::use_text;

/// The mark, while the person speaks.
#[component]
pub fn Speaking(speaking: Memo<bool>) -> impl IntoView {
    let text = use_text();
    view! {
        <Show when=move || speaking.get()>
            <span class="tile-speaks">
                {Icon::VOICE.into_render()}
                <span class="out-of-sight">{text.of(|t| t.speaking)}</span>
            </span>
        </Show>
    }
}
