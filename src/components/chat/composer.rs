//! Where a line is written.

use call_core::Intent;
use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::limits::CHAT_CHARS;

use crate::components::common::Icon;
use crate::text::use_text;
use crate::views::use_dispatch;

/// The field and its button. Enter sends, Shift+Enter begins a new line, and an Enter that only ends the choice
/// of a character in an input method does neither.
#[component]
pub fn Composer(sent: WriteSignal<u32>) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let node = NodeRef::<Textarea>::new();
    let submit = move || {
        let Some(field) = node.get_untracked() else { return };
        let words = field.value();
        if !protocol::says_nothing(&words) {
            dispatch.send(Intent::SendChat(words));
            field.set_value("");
            sent.update(|times| *times = times.wrapping_add(1));
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
                maxlength=CHAT_CHARS.to_string()
                autocomplete="off"
                enterkeyhint="send"
                aria-label=text.of(|t| t.chat_message)
                placeholder=text.of(|t| t.chat_placeholder)
                on:keydown=pressed
            ></textarea>
            <button type="submit" class="button is-main is-icon" aria-label=text.of(|t| t.chat_send)>
                {Icon::Send.into_render()}
            </button>
        </form>
    }
}

/// Whether an input method still has the key (key code 229 is what Safari says of the last one).
fn composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}
