//! The field for new chat messages.

use call_core::{ChatIntent, chat_chars};
use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::limits::CHAT_CHARS;

use crate::components::common::Icon;
use crate::text::{count, use_text};
use crate::views::{use_chat, use_dispatch};

/// How many characters before the limit the counter appears (chosen: 5 % of the limit).
const COUNTED: usize = CHAT_CHARS / 20;

/// The field and its button. Enter sends, Shift+Enter inserts a line break, and an Enter that only confirms a
/// character in an input method does neither. A message that is too long stays in the field, and a counter
/// shows by how much.
#[component]
pub fn Composer(sent: WriteSignal<u32>) -> impl IntoView {
    let (text, chat, dispatch) = (use_text(), use_chat(), use_dispatch());
    let node = NodeRef::<Textarea>::new();
    let chars = RwSignal::new(0);
    let over = Memo::new(move |_| chars.get() > CHAT_CHARS);
    let submit = move || {
        let Some(field) = node.get_untracked() else { return };
        let words = field.value();
        if !protocol::says_nothing(&words) && chat_chars(&words) <= CHAT_CHARS {
            dispatch.send(ChatIntent::Send(words));
            field.set_value("");
            chars.set(0);
            sent.update(|times| *times = times.wrapping_add(1));
        }
    };
    let typed = move |_| {
        if let Some(field) = node.get_untracked() {
            let words = field.value();
            chars.set(chat_chars(&words));
            dispatch.send(ChatIntent::Draft(words));
        }
    };
    let draft = Memo::new(move |_| chat.with(|chat| chat.draft.clone()));
    Effect::new(move |_| {
        let (draft, Some(field)) = (draft.get(), node.get()) else {
            return;
        };
        if !draft.is_empty() && field.value().is_empty() {
            field.set_value(&draft);
            chars.set(chat_chars(&draft));
        }
    });
    let counter = move || {
        let (t, chars) = (text.now(), chars.get());
        if chars > CHAT_CHARS {
            Some(count(chars - CHAT_CHARS, t.chat_over_one, t.chat_over_other))
        } else {
            let left = CHAT_CHARS - chars;
            (left < COUNTED).then(|| count(left, t.chat_left_one, t.chat_left_other))
        }
    };
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !composing(&event) {
            event.prevent_default();
            submit();
        }
    };
    view! {
        <form
            class="composer"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <textarea
                node_ref=node
                rows="1"
                autocomplete="off"
                enterkeyhint="send"
                aria-label=text.of(|t| t.chat_message)
                aria-describedby="chat-counter"
                aria-invalid=move || over.get().to_string()
                placeholder=text.of(|t| t.chat_placeholder)
                on:input=typed
                on:keydown=pressed
            ></textarea>
            <button type="submit" class="button is-main is-icon" aria-label=text.of(|t| t.chat_send)>
                {Icon::SEND.into_render()}
            </button>
            // Announced once it is too long; before that it would interrupt a screen reader at each key.
            <p
                id="chat-counter"
                class="composer-counter"
                class:is-over=move || over.get()
                aria-live=move || if over.get() { "polite" } else { "off" }
            >
                {counter}
            </p>
        </form>
    }
}

/// Whether an input method is still handling the key (Safari reports the last one with key code 229).
fn composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}
