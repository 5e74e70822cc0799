//! The form for a room's password.

use call_core::RoomIntent;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::field::{Entry, Field, typed};
use crate::text::use_text;
use crate::views::use_dispatch;

/// Asks for the room's password; `error` is about the previous attempt.
#[component]
pub fn RoomPassword(error: Signal<Option<String>>) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let node = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        dispatch.send(RoomIntent::GivePassword(typed(node)));
    };
    let entry = Entry {
        kind: "password".into(),
        first: true,
        ..Entry::plain("room-password", node)
    };
    view! {
        <form on:submit=submit novalidate>
            <Field entry=entry label=Signal::derive(move || text.now().room_password.to_owned()) error=error />
            <button type="submit" class="button is-main is-wide">{text.of(|t| t.enter_room)}</button>
        </form>
    }
}
