//! One line of the list of people.

use call_core::{Intent, PersonState, PersonView};
use leptos::prelude::*;

use crate::components::common::{Icon, avatar, follow};
use crate::text::{fill, use_text};
use crate::views::{use_dispatch, use_people};

/// A person: who it is, how the user stands with them, and what can be done about it.
#[component]
pub fn Person(person: PersonView) -> impl IntoView {
    let text = use_text();
    let (id, you, name) = (person.id, person.you, person.name.clone());
    let shown = name.clone();
    let person = follow(use_people(), person, move |people: &Vec<PersonView>| {
        people.iter().find(|person| person.id == id).cloned()
    });
    let state = Memo::new(move |_| person.with(|person| person.state));
    let conference = Memo::new(move |_| person.with(|person| person.in_conference));
    let away = Memo::new(move |_| person.with(|person| person.away));
    let words = move || {
        let t = text.now();
        match state.get() {
            _ if away.get() => t.reconnecting,
            PersonState::InRoom if conference.get() => t.in_conference,
            PersonState::InRoom => t.state_in_room,
            PersonState::Invited(_) => t.state_invited,
            PersonState::Inviting(_) => t.state_inviting,
            PersonState::Connecting => t.state_connecting,
            PersonState::Talking => t.state_talking,
        }
    };
    let kind = move || match state.get() {
        PersonState::InRoom => "in-room",
        PersonState::Invited(_) | PersonState::Inviting(_) => "ringing",
        PersonState::Connecting => "connecting",
        PersonState::Talking => "talking",
    };
    view! {
        <li class="person" data-state=kind data-away=move || away.get().then_some("")>
            {avatar(&name)}
            <div class="person-words">
                <span class="person-name">
                    <span class="ellipsis">{shown.to_string()}</span>
                    {you.then(|| view! { <span class="tag">{text.of(|t| t.you)}</span> })}
                </span>
                <span class="person-state ellipsis">{words}</span>
            </div>
            {(!you).then(|| view! { <Action person=person /> })}
        </li>
    }
}

/// What can be done about a person now.
#[component]
fn Action(person: Memo<PersonView>) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    move || {
        let (t, person) = (text.now(), person.get());
        let (class, icon, label, full, intent) = match person.state {
            PersonState::InRoom => (
                "button is-accent",
                Icon::Camera,
                t.invite,
                t.invite_person,
                Intent::Invite(person.id),
            ),
            PersonState::Invited(invitation) => {
                let intent = Intent::CancelInvitation(invitation);
                ("button", Icon::Close, t.cancel, t.cancel_invitation, intent)
            }
            PersonState::Connecting | PersonState::Talking => (
                "button is-danger",
                Icon::HangUp,
                t.hang_up,
                t.hang_up_with,
                Intent::HangUp(person.id),
            ),
            PersonState::Inviting(_) => return None,
        };
        let words = !matches!(person.state, PersonState::Connecting | PersonState::Talking);
        let full = fill(full, &[("name", person.name.as_str())]);
        Some(view! {
            <button
                type="button"
                class=class
                aria-label=full
                on:click=move |_| dispatch.send(intent.clone())
            >
                {icon.into_render()}
                {words.then(|| view! { <span>{label}</span> })}
            </button>
        })
    }
}
