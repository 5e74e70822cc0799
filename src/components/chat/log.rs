//! The messages of the chat, oldest first.

use std::sync::Arc;
use std::time::Duration;

use call_core::{ChatIntent, ChatView};
use leptos::html::Div;
use leptos::prelude::*;
use protocol::MessageId;

use super::entries::{Entry, entries, newest, unseen};
use super::line::Line;
use super::scroll::Scroll;
use super::window::Window;
use crate::components::common::{Icon, day_name};
use crate::text::{count, use_text};
use crate::views::{use_chat, use_dispatch, use_size, use_today};

/// How long the log is not announced after older lines were loaded or rendered: they are no news, and a screen reader
/// would read all of them (chosen).
const QUIET: Duration = Duration::from_secs(1);

/// The log. It stays at the end while the user reads there, and otherwise at its position, also when earlier
/// messages are loaded above; a button then shows how many are new. `sent` changes whenever the user sends a
/// message, which scrolls to the end.
#[component]
pub fn Log(sent: ReadSignal<u32>) -> impl IntoView {
    let (text, chat, dispatch) = (use_text(), use_chat(), use_dispatch());
    let (node, content) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let scroll = Scroll::new(node, content);
    provide_context(scroll);
    let today = use_today();
    let empty = Memo::new(move |_| chat.with(|chat| chat.lines.is_empty()));
    let window = RwSignal::new(Window::default());
    let more = Memo::new(move |_| {
        chat.with(|chat| {
            let begins = window.with(|window| window.range(&chat.lines).start == 0);
            begins && !chat.complete && !chat.lines.is_empty()
        })
    });
    let loading = Memo::new(move |_| chat.with(|chat| chat.loading));
    let quiet = use_quiet(loading, move || {
        window.track();
        !scroll.at_end_now()
    });
    let (size, content_size) = (use_size(node), use_size(content));
    Effect::new(move |_| {
        size.track();
        content_size.track();
        scroll.settle();
    });
    let follow = move || follow(window, chat, scroll);
    let to_end = move || {
        scroll.to_end();
        follow();
    };
    Effect::new(move |before: Option<u32>| {
        let now = sent.get();
        if before.is_some_and(|before| before != now) {
            to_end();
        }
        now
    });
    let last_seen = Memo::new(move |before: Option<&MessageId>| {
        let at_end = scroll.at_end();
        let newest = chat.with(|chat| newest(chat));
        before.copied().filter(|_| !at_end).unwrap_or(newest)
    });
    let unseen = Memo::new(move |_| chat.with(|chat| unseen(chat, last_seen.get())));
    let show_end = move |_| {
        to_end();
        // The button disappears, and must not take the focus with it.
        let _ = node.get_untracked().map(|log| log.focus());
    };
    let entries = move || {
        // Nothing to show while the room is being removed.
        let today = today.try_get();
        let rendered = |chat: &ChatView| window.with(|window| window.range(&chat.lines));
        today.map_or_else(Vec::new, |today| {
            chat.with(|chat| entries(&chat.lines[rendered(chat)], today))
        })
    };
    view! {
        <div class="chat-body">
            <div
                class="chat-log"
                node_ref=node
                on:scroll=move |_| {
                    scroll.scrolled();
                    follow();
                }
                tabindex="0"
                role="log"
                aria-label=text.of(|t| t.chat)
                aria-live=move || if quiet.try_get() == Some(true) { "off" } else { "polite" }
            >
                <div class="chat-lines" node_ref=content>
                    <Show when=move || more.get()>
                        <button
                            type="button"
                            class="button is-quiet chat-earlier"
                            aria-busy=move || loading.get().to_string()
                            on:click=move |_| dispatch.send(ChatIntent::LoadEarlier)
                        >
                            {move || if loading.get() { text.now().busy } else { text.now().chat_earlier }}
                        </button>
                    </Show>
                    <Show when=move || empty.get()>
                        <p class="panel-hint">{text.of(|t| t.chat_empty)}</p>
                    </Show>
                    <For each=entries key=Entry::key let:entry>
                        {match entry {
                            Entry::Day(day, _) => view! {
                                <h3 class="chat-day">{move || day_name(text.now(), day, today.get())}</h3>
                            }
                            .into_any(),
                            Entry::Line(line) => view! { <Line line=line /> }.into_any(),
                        }}
                    </For>
                </div>
            </div>
            <Show when=move || { unseen.get() > 0 }>
                <button type="button" class="button chat-unseen" on:click=show_end>
                    {move || count(unseen.get(), text.now().chat_new_one, text.now().chat_new_other)}
                    {Icon::DOWN.into_render()}
                </button>
            </Show>
        </div>
    }
}

/// Sets the window to the end of the log while the user reads there, else to the messages around those in view.
fn follow(window: RwSignal<Window>, chat: ReadSignal<Arc<ChatView>>, scroll: Scroll) {
    let now = window.get_untracked();
    let next = if scroll.at_end_now() {
        Window::End
    } else {
        let first = scroll.first_in_view();
        first.map_or_else(
            || now.clone(),
            |first| chat.with_untracked(|chat| now.following(&chat.lines, first)),
        )
    };
    if next != now {
        window.set(next);
        // The content may have the same size as before, so its observer would not notice. This is before the next paint.
        request_animation_frame(move || scroll.settle());
    }
}

/// Whether the log is not announced: while older lines are `loading`, or others are `rendered`, and for [`QUIET`]
/// afterwards. `rendered` is asked when a signal in it changes.
fn use_quiet(loading: Memo<bool>, rendered: impl Fn() -> bool + 'static) -> RwSignal<bool> {
    let quiet = RwSignal::new(false);
    Effect::new(move |_| {
        let (loading, rendered) = (loading.get(), rendered());
        if loading || rendered {
            quiet.set(true);
        }
        if !loading && quiet.get_untracked() {
            let tell_again = move || {
                // The room, and the signal with it, may be gone.
                let _ = quiet.try_set(false);
            };
            set_timeout(tell_again, QUIET);
        }
    });
    quiet
}
