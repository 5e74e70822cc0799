//! The question whether to leave the call, after the user went back or forward in the browser.

use call_core::RoomIntent;
use leptos::prelude::*;

use crate::components::common::Modal;
use crate::text::use_text;
use crate::views::{use_call, use_dispatch};

/// The dialog; closing it means to stay.
#[component]
pub fn LeaveQuestion() -> impl IntoView {
    let (text, call, dispatch) = (use_text(), use_call(), use_dispatch());
    let asked = Memo::new(move |_| call.with(|call| call.leave_asked));
    let answer = move |leave| move |_| dispatch.send(RoomIntent::LeaveByHistory(leave));
    let stay = move |()| dispatch.send(RoomIntent::LeaveByHistory(false));
    let title = Signal::derive(move || text.now().leave_title.to_owned());
    view! {
        <Modal name="leave" open=asked.into() close=stay title=title>
            <div class="person-acts">
                <p>{text.of(|t| t.leave_hint)}</p>
                <button type="button" class="button is-wide" on:click=answer(false)>{text.of(|t| t.stay_in_call)}</button>
                <button type="button" class="button is-danger is-wide" on:click=answer(true)>
                    {text.of(|t| t.leave_call)}
                </button>
            </div>
        </Modal>
    }
}
