//! The lines of the chat, oldest first.

use std::time::Duration;

use call_core::{ChatKey, Intent};
use leptos::html::Div;
use leptos::prelude::*;

use super::line::Line;
use crate::text::use_text;
use crate::views::{use_chat, use_dispatch, use_size};

/// How near to the end, in CSS pixels, counts as at the end.
const NEAR: i32 = 48;

/// How long after older lines have come the log stays quiet: they are no news, and a screen reader shall not read
/// all of them.
const QUIET: Duration = Duration::from_secs(1);

/// The log. It stays at the end while the user reads there, and where it is otherwise, also when older lines
/// come in above.
#[component]
pub fn Log() -> impl IntoView {
    let (text, chat, dispatch) = (use_text(), use_chat(), use_dispatch());
    let node = NodeRef::<Div>::new();
    let at_end = StoredValue::new(true);
    let seen = StoredValue::new((None::<ChatKey>, 0));
    let empty = Memo::new(move |_| chat.with(|chat| chat.lines.is_empty()));
    let more = Memo::new(move |_| chat.with(|chat| !chat.complete && !chat.lines.is_empty()));
    let loading = Memo::new(move |_| chat.with(|chat| chat.loading));
    let size = use_size(node);
    let quiet = RwSignal::new(false);
    Effect::new(move |_| {
        if loading.get() {
            quiet.set(true);
        } else if quiet.get_untracked() {
            let tell_again = move || {
                // After the room is gone there is nothing to read.
                let _ = quiet.try_set(false);
            };
            set_timeout(tell_again, QUIET);
        }
    });

    let settle = move || {
        let Some(log) = node.get_untracked() else { return };
        let first = chat.with_untracked(|chat| chat.lines.first().map(|line| line.key.clone()));
        let height = log.scroll_height();
        let (old_first, old_height) = seen.get_value();
        if at_end.get_value() {
            log.set_scroll_top(height);
        } else if first != old_first {
            log.set_scroll_top(log.scroll_top() + height - old_height);
        }
        seen.set_value((first, height));
    };
    Effect::new(move |_| {
        chat.track();
        size.track();
        // After the lines are in the page.
        request_animation_frame(move || {
            if seen.try_get_value().is_some() {
                settle();
            }
        });
    });
    let scrolled = move |_| {
        if let Some(log) = node.get_untracked() {
            at_end.set_value(log.scroll_height() - log.scroll_top() - log.client_height() < NEAR);
        }
    };
    view! {
        <div
            class="chat-log"
            node_ref=node
            on:scroll=scrolled
            tabindex="0"
            role="log"
            aria-label=text.of(|t| t.chat)
            aria-live=move || if quiet.try_get() == Some(true) { "off" } else { "polite" }
        >
            <Show when=move || more.get()>
                <button
                    type="button"
                    class="button is-quiet chat-earlier"
                    aria-busy=move || loading.get().to_string()
                    on:click=move |_| dispatch.send(Intent::LoadEarlierChat)
                >
                    {move || if loading.get() { text.now().busy } else { text.now().chat_earlier }}
                </button>
            </Show>
            <Show when=move || empty.get()>
                <p class="panel-hint">{text.of(|t| t.chat_empty)}</p>
            </Show>
            <For each=move || chat.get().lines key=|line| line.key.clone() let:line>
                <Line line=line />
            </For>
        </div>
    }
}
