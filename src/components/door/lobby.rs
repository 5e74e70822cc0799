//! The lobby: signed in, and choosing a room.

use call_core::{DoorIntent, PageView, RoomIntent};
use leptos::html::Input;
use leptos::prelude::*;

use super::card::Card;
use super::field::{Entry, Field, focus, typed};
use crate::components::account::AccountButton;
use crate::text::{fill, refusal, use_text};
use crate::views::{use_dispatch, use_page};

/// The page of a user who is signed in but in no room.
#[component]
pub fn Lobby() -> impl IntoView {
    let (text, page, dispatch) = (use_text(), use_page(), use_dispatch());
    let slice = Memo::new(move |_| {
        if let PageView::Lobby { name, room, error } = page.get() {
            (name.to_string(), room, error)
        } else {
            (String::new(), String::new(), None)
        }
    });
    let room = NodeRef::<Input>::new();
    let wanted = Memo::new(move |_| slice.with(|slice| slice.1.clone()));
    let error = Memo::new(move |_| slice.with(|slice| slice.2));
    Effect::new(move |_| {
        if error.get().is_some() {
            focus(room);
        }
    });
    let entry = Entry {
        first: true,
        ..Entry::plain("room", room)
    };
    view! {
        <Card>
            <h1>{text.of(|t| t.lobby_title)}</h1>
            <form
                class="form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    dispatch.send(RoomIntent::Enter(typed(room)));
                }
            >
                <Field
                    entry=entry
                    label=Signal::derive(move || text.now().room.to_owned())
                    hint=Signal::derive(move || text.now().room_hint.to_owned())
                    error=Signal::derive(move || error.get().map(|error| refusal::form(text.now(), error)))
                    value=wanted
                />
                <button type="submit" class="button is-main is-wide">{text.of(|t| t.enter_room)}</button>
            </form>
            <div class="card-foot">
                <span class="card-who">
                    {move || slice.with(|slice| fill(text.now().signed_in_as, &[("name", &slice.0)]))}
                </span>
                <AccountButton />
                <button type="button" class="button is-quiet" on:click=move |_| dispatch.send(DoorIntent::SignOut)>
                    {text.of(|t| t.sign_out)}
                </button>
            </div>
        </Card>
    }
}
