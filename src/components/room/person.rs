//! One line of the list of people.

use call_core::{CallIntent, PersonState, PersonView};
use leptos::prelude::*;
use protocol::ParticipantId;

use crate::components::common::{GuestMark, Icon, avatar, follow};
use crate::text::{fill, moderation, use_text};
use crate::views::{use_dispatch, use_people};

/// A person: name, tags, state, and the buttons to call them and for more.
#[component]
pub fn Person(person: PersonView, chosen: RwSignal<Option<ParticipantId>>) -> impl IntoView {
    let text = use_text();
    let (id, you, guest, name) = (person.id, person.you, person.guest, person.name.clone());
    let shown = name.clone();
    let person = follow(use_people(), person, move |people: &Vec<PersonView>| {
        people.iter().find(|person| person.id == id).cloned()
    });
    let state = Memo::new(move |_| person.with(|person| person.state));
    let conference = Memo::new(move |_| person.with(|person| person.in_conference));
    let away = Memo::new(move |_| person.with(|person| person.away));
    let standing = Memo::new(move |_| person.with(|person| (person.role, person.silenced, person.blocked)));
    let tags = move || {
        let (t, (role, silenced, blocked)) = (text.now(), standing.get());
        let tags = [
            moderation::role(t, role),
            silenced.then_some(t.silenced_tag),
            blocked.then_some(t.blocked_tag),
        ];
        tags.into_iter()
            .flatten()
            .map(|tag| view! { <span class="tag">{tag}</span> })
            .collect_view()
    };
    let about = name.to_string();
    let more = move || fill(text.now().person_more, &[("name", &about)]);
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
                    <span class="ellipsis" dir="auto">{shown.to_string()}</span>
                    <GuestMark guest=guest />
                    {you.then(|| view! { <span class="tag">{text.of(|t| t.you)}</span> })}
                    {tags}
                </span>
                <span class="person-state">{words}</span>
            </div>
            {(!you).then(|| {
                view! {
                    <Action person=person />
                    <button
                        type="button"
                        class="button is-quiet is-icon"
                        aria-haspopup="dialog"
                        aria-label=more
                        on:click=move |_| chosen.set(Some(id))
                    >
                        {Icon::MORE.into_render()}
                    </button>
                }
            })}
        </li>
    }
}

/// The button for the person's current state: call, cancel or hang up.
#[component]
fn Action(person: Memo<PersonView>) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    move || {
        let (t, person) = (text.now(), person.get());
        let (class, icon, label, full, intent) = match person.state {
            PersonState::InRoom => (
                "button is-accent",
                Icon::CAMERA,
                t.invite,
                t.invite_person,
                CallIntent::Invite(person.id),
            ),
            PersonState::Invited(invitation) => {
                let intent = CallIntent::CancelInvitation(invitation);
                ("button", Icon::CLOSE, t.cancel, t.cancel_invitation, intent)
            }
            PersonState::Connecting | PersonState::Talking => (
                "button is-danger",
                Icon::HANG_UP,
                t.hang_up,
                t.hang_up_with,
                CallIntent::HangUp(person.id),
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
                on:click=move |_| dispatch.send(intent)
            >
                {icon.into_render()}
                {words.then(|| view! { <span>{label}</span> })}
            </button>
        })
    }
}
