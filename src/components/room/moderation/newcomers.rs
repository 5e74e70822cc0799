//! The newcomers who wait for a moderator.

use call_core::{ModerationAction, NewcomerView};
use leptos::prelude::*;

use crate::components::common::{GuestMark, avatar};
use crate::text::{count, fill, use_text};
use crate::views::{use_dispatch, use_moderation};

/// The list, while it is not empty. Only the number of newcomers is announced, once per change.
#[component]
pub fn Newcomers() -> impl IntoView {
    let (text, moderation) = (use_text(), use_moderation());
    let waiting = Memo::new(move |_| moderation.with(|moderation| moderation.newcomers.clone()));
    let number = Memo::new(move |_| waiting.with(Vec::len));
    let words = move || {
        let t = text.now();
        (number.get() > 0).then(|| count(number.get(), t.newcomers_one, t.newcomers_other))
    };
    view! {
        <section class="newcomers" aria-label=text.of(|t| t.newcomers) hidden=move || number.get() == 0>
            <p role="status">{words}</p>
            <ul>
                <For each=move || waiting.get() key=|newcomer| newcomer.id let:newcomer>
                    <Newcomer newcomer=newcomer />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Newcomer(newcomer: NewcomerView) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let (id, name) = (newcomer.id, newcomer.name.to_string());
    let picture = avatar(&newcomer.name);
    let (shown, admitted, refused) = (name.clone(), name.clone(), name);
    view! {
        <li>
            {picture}
            <span class="newcomer-name">
                <span class="ellipsis" dir="auto">{shown}</span>
                <GuestMark guest=newcomer.guest />
            </span>
            <button
                type="button"
                class="button is-accent"
                aria-label=move || fill(text.now().admit_person, &[("name", &admitted)])
                on:click=move |_| dispatch.send(ModerationAction::Admit(id))
            >
                {text.of(|t| t.admit)}
            </button>
            <button
                type="button"
                class="button"
                aria-label=move || fill(text.now().refuse_person, &[("name", &refused)])
                on:click=move |_| dispatch.send(ModerationAction::Refuse(id))
            >
                {text.of(|t| t.refuse)}
            </button>
        </li>
    }
}
