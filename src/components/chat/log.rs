//! The messages of the chat, oldest first.

use std::time::Duration;

use call_core::{ChatBody, ChatIntent, ChatKey, ChatLine, ChatView};
use leptos::html::Div;
use leptos::prelude::*;
use protocol::MessageId;

use super::line::Line;
use super::scroll::Scroll;
use crate::components::common::{Icon, day_name};
use crate::text::{count, use_text};
use crate::views::{LocalDay, use_chat, use_dispatch, use_size, use_today};

/// How long the log is not announced after older lines were loaded: they are no news, and a screen reader
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
    let more = Memo::new(move |_| chat.with(|chat| !chat.complete && !chat.lines.is_empty()));
    let loading = Memo::new(move |_| chat.with(|chat| chat.loading));
    let quiet = RwSignal::new(false);
    Effect::new(move |_| {
        if loading.get() {
            quiet.set(true);
        } else if quiet.get_untracked() {
            let tell_again = move || {
                // The room, and the signal with it, may be gone.
                let _ = quiet.try_set(false);
            };
            set_timeout(tell_again, QUIET);
        }
    });

    let (size, content_size) = (use_size(node), use_size(content));
    Effect::new(move |_| {
        size.track();
        content_size.track();
        scroll.settle();
    });
    Effect::new(move |before: Option<u32>| {
        let now = sent.get();
        if before.is_some_and(|before| before != now) {
            scroll.to_end();
        }
        now
    });
    let last_seen = Memo::new(move |before: Option<&MessageId>| {
        let at_end = scroll.at_end();
        let newest = chat.with(|chat| newest(chat));
        before.copied().filter(|_| !at_end).unwrap_or(newest)
    });
    let unseen = Memo::new(move |_| chat.with(|chat| unseen(chat, last_seen.get())));
    let to_end = move |_| {
        scroll.to_end();
        // The button disappears, and must not take the focus with it.
        if let Some(log) = node.get_untracked() {
            let _ = log.focus();
        }
    };
    let entries = move || {
        // Nothing to show while the room is being removed.
        let today = today.try_get();
        today.map_or_else(Vec::new, |today| chat.with(|chat| entries(chat, today)))
    };
    view! {
        <div class="chat-body">
            <div
                class="chat-log"
                node_ref=node
                on:scroll=move |_| scroll.scrolled()
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
                <button type="button" class="button chat-unseen" on:click=to_end>
                    {move || count(unseen.get(), text.now().chat_new_one, text.now().chat_new_other)}
                    {Icon::DOWN.into_render()}
                </button>
            </Show>
        </div>
    }
}

/// An entry of the log.
enum Entry {
    /// A separator before the message with this key, the first of the day.
    Day(LocalDay, ChatKey),
    Line(ChatLine),
}

impl Entry {
    fn key(&self) -> (Option<LocalDay>, ChatKey) {
        match self {
            Self::Day(day, first) => (Some(*day), first.clone()),
            Self::Line(line) => (None, line.key.clone()),
        }
    }
}

/// The messages, with a separator where a new day begins, but not before the first one if that is from today.
fn entries(chat: &ChatView, today: LocalDay) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(chat.lines.len() + 1);
    let mut day = today;
    for line in &chat.lines {
        if !day.has(line.at) {
            day = LocalDay::of(line.at);
            entries.push(Entry::Day(day, line.key.clone()));
        }
        entries.push(Entry::Line(line.clone()));
    }
    entries
}

/// The id of the newest message in the history; 0 while there is none.
fn newest(chat: &ChatView) -> MessageId {
    let mut ids = chat.lines.iter().rev().filter_map(|line| match line.key {
        ChatKey::Message(id) => Some(id),
        ChatKey::Pending(_) | ChatKey::Missed(_) => None,
    });
    // Messages are in the order of their ids.
    ids.next().unwrap_or(MessageId(0))
}

/// How many messages by others are newer than the last one that the user had in view.
fn unseen(chat: &ChatView, last_seen: MessageId) -> usize {
    let newer = chat.lines.iter().rev().take_while(|line| match line.key {
        ChatKey::Message(id) => id > last_seen,
        ChatKey::Pending(_) | ChatKey::Missed(_) => true,
    });
    newer
        .filter(|line| !line.mine && matches!(line.body, ChatBody::Text { .. }))
        .count()
}
