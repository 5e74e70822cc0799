//! The mark at who speaks: it moves for the eye, and is a word for who does not see it; it tells nothing by itself,
//! or a conversation would be told all the time.

use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::use_text;

/// The mark, while somebody speaks.
#[component]
pub fn Speaking(speaking: Memo<bool>) -> impl IntoView {
    let text = use_text();
    view! {
        <Show when=move || speaking.get()>
            <span class="tile-speaks">
                {Icon::Voice.into_render()}
                <span class="out-of-sight">{text.of(|t| t.speaking)}</span>
            </span>
        </Show>
    }
}
