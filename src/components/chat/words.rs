//! The text of a message: with links, and collapsed if it is long.

use call_core::message_text::{Piece, is_folded, pieces};
use leptos::prelude::*;

use super::scroll::Scroll;
use crate::text::use_text;

/// The text. A long message shows its beginning and a button for the rest; focusing a link in the hidden part
/// expands it.
#[allow(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub fn Words(words: String) -> impl IntoView {
    let (text, scroll) = (use_text(), expect_context::<Scroll>());
    let long = is_folded(&words);
    let folded = RwSignal::new(long);
    let fold = move |to: bool| {
        if folded.get_untracked() != to {
            scroll.hold();
            folded.set(to);
        }
    };
    let label = move || {
        let t = text.now();
        if folded.get() { t.chat_more } else { t.chat_less }
    };
    view! {
        <p class="line-words" class:is-folded=move || folded.get() dir="auto" on:focusin=move |_| fold(false)>
            {pieces(&words).into_iter().map(shown).collect_view()}
        </p>
        {long.then(|| view! {
            <button
                type="button"
                class="button is-quiet line-fold"
                aria-expanded=move || (!folded.get()).to_string()
                on:click=move |_| fold(!folded.get_untracked())
            >
                {label}
            </button>
        })}
    }
}

/// A link is shown as written, left to right, whatever the direction of the text around it.
fn shown(piece: Piece<'_>) -> AnyView {
    let href = piece.href();
    match piece {
        Piece::Text(words) => words.to_owned().into_any(),
        Piece::Web(words) => view! {
            <a href=href target="_blank" rel="noopener noreferrer" dir="ltr">{words.to_owned()}</a>
        }
        .into_any(),
        Piece::Mail(words) => view! { <a href=href dir="ltr">{words.to_owned()}</a> }.into_any(),
    }
}
