//! The people whom the user has blocked from calling.

use call_core::ModerationAction;
use leptos::prelude::*;

use crate::text::{fill, use_text};
use crate::views::{use_dispatch, use_moderation};

/// The list, with a button to unblock each.
#[component]
pub fn Blocked() -> impl IntoView {
    let (text, moderation, dispatch) = (use_text(), use_moderation(), use_dispatch());
    let blocked = Memo::new(move |_| moderation.with(|known| known.blocked.clone()));
    view! {
        <section class="rules-list" aria-labelledby="blocked-title">
            <h3 id="blocked-title">{text.of(|t| t.blocked_title)}</h3>
            <p class="rules-hint">
                {move || if blocked.with(Vec::is_empty) { text.now().blocked_nobody } else { text.now().blocked_hint }}
            </p>
            <ul>
                <For each=move || blocked.get() key=ToString::to_string let:name>
                    {
                        let (shown, full) = (name.to_string(), name.to_string());
                        view! {
                            <li>
                                <span class="ellipsis" dir="auto">{shown}</span>
                                <button
                                    type="button"
                                    class="button"
                                    aria-label=move || fill(text.now().unblock_named, &[("name", &full)])
                                    on:click=move |_| dispatch.send(ModerationAction::Unblock(name.clone()))
                                >
                                    {text.of(|t| t.unblock)}
                                </button>
                            </li>
                        }
                    }
                </For>
            </ul>
        </section>
    }
}
