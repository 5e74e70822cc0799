//! The people in the room.

use leptos::prelude::*;

use super::moderation::PersonDialog;
use super::person::Person;
use crate::text::{count, use_text};
use crate::views::use_people;

/// The list of people, with their number.
#[component]
pub fn People() -> impl IntoView {
    let (text, people) = (use_text(), use_people());
    // The person whose dialog is open.
    let chosen = RwSignal::new(None);
    let number = Memo::new(move |_| people.with(|people| people.len()));
    let words = move || {
        let t = text.now();
        count(number.get(), t.person_count_one, t.person_count_other)
    };
    view! {
        <section class="panel people" aria-labelledby="people-title">
            <header class="panel-header">
                <h2 id="people-title">{text.of(|t| t.people)}</h2>
                <span class="panel-count">{words}</span>
            </header>
            <ul class="people-list" aria-label=text.of(|t| t.people)>
                <For each=move || people.get().to_vec() key=|person| person.id let:person>
                    <Person person=person chosen=chosen />
                </For>
            </ul>
            <Show when=move || number.get() < 2>
                <p class="panel-hint">{text.of(|t| t.alone)}</p>
            </Show>
            <PersonDialog chosen=chosen />
        </section>
    }
}
