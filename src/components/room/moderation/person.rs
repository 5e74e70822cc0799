//! Actions on one person apart from calls: for all users, and for moderators.

use call_core::{ModerationAction, PersonView};
use leptos::html::Button;
use leptos::prelude::*;
use protocol::{ParticipantId, Role};

use crate::components::common::Modal;
use crate::text::{Texts, fill, use_text};
use crate::views::{use_dispatch, use_people};

/// Choices of how long a ban lasts, in minutes.
const BANS: [(u32, Pick); 3] = [
    (60, |t| t.ban_hour),
    (24 * 60, |t| t.ban_day),
    (7 * 24 * 60, |t| t.ban_week),
];

type Pick = fn(&'static Texts) -> &'static str;

/// The dialog about the chosen person; it closes when they leave.
#[component]
pub fn PersonDialog(chosen: RwSignal<Option<ParticipantId>>) -> impl IntoView {
    let (text, people) = (use_text(), use_people());
    let person = Memo::new(move |_| {
        let chosen = chosen.get()?;
        people.with(|people| people.iter().find(|person| person.id == chosen).cloned())
    });
    let open = Signal::derive(move || person.with(Option::is_some));
    let title = Signal::derive(move || {
        let name = person.with(|person| person.as_ref().map(|person| person.name.to_string()));
        fill(text.now().about_person, &[("name", &name.unwrap_or_default())])
    });
    let asked = RwSignal::new(None::<PersonAction>);
    // When the person changes, an open question about the previous one is dropped.
    Effect::new(move |_| {
        chosen.track();
        asked.set(None);
    });
    let name = move || person.with(|person| person.as_ref().map(|person| person.name.to_string()));
    view! {
        <Modal name="person" open=open close=move |()| chosen.set(None) title=title>
            <div class="person-acts">
                {move || {
                    if let Some(action) = asked.get() {
                        let name = name().unwrap_or_default();
                        return view! { <Question name=name action=action asked=asked chosen=chosen /> }.into_any();
                    }
                    let t = text.now();
                    let actions = person.with(|person| person.as_ref().map(|person| actions(t, person)));
                    actions.unwrap_or_default()
                        .into_iter()
                        .map(|action| view! { <ActionButton action=action asked=asked chosen=chosen /> })
                        .collect_view()
                        .into_any()
                }}
            </div>
        </Modal>
    }
}

/// The button of one action, which closes the dialog. A ban is confirmed first: rejoining does not end it.
#[component]
fn ActionButton(
    action: PersonAction,
    asked: RwSignal<Option<PersonAction>>,
    chosen: RwSignal<Option<ParticipantId>>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let class = if action.danger {
        "button is-danger is-wide"
    } else {
        "button is-wide"
    };
    let label = action.label.clone();
    let go = move |_| {
        if matches!(action.act, ModerationAction::Ban(..)) {
            asked.set(Some(action.clone()));
        } else {
            chosen.set(None);
            dispatch.send(action.act.clone());
        }
    };
    view! { <button type="button" class=class on:click=go>{label}</button> }
}

/// Asks to confirm a ban. The focus is on the cancel button.
#[component]
fn Question(
    name: String,
    action: PersonAction,
    asked: RwSignal<Option<PersonAction>>,
    chosen: RwSignal<Option<ParticipantId>>,
) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let back = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(back) = back.get() {
            let _ = back.focus();
        }
    });
    let label = action.label.clone();
    let ban = move |_| {
        chosen.set(None);
        dispatch.send(action.act.clone());
    };
    view! {
        <p><strong>{label}</strong></p>
        <p>{move || fill(text.now().ban_question, &[("name", &name)])}</p>
        <button type="button" class="button is-danger is-wide" on:click=ban>{text.of(|t| t.ban_confirm)}</button>
        <button node_ref=back type="button" class="button is-wide" on:click=move |_| asked.set(None)>
            {text.of(|t| t.cancel)}
        </button>
    }
}

/// An action on a person.
#[derive(Clone, PartialEq)]
struct PersonAction {
    label: String,
    act: ModerationAction,
    /// Whether the action takes something away from the person.
    danger: bool,
}

/// The actions that the user may take on a person.
fn actions(t: &'static Texts, person: &PersonView) -> Vec<PersonAction> {
    let id = person.id;
    let action = |label: &str, act, danger| PersonAction {
        label: fill(label, &[("name", &person.name.to_string())]),
        act,
        danger,
    };
    let mut actions = Vec::new();
    if person.moderated {
        actions.push(action(t.mute_person, ModerationAction::Mute(id), false));
        let words = if person.silenced {
            t.unsilence_person
        } else {
            t.silence_person
        };
        actions.push(action(
            words,
            ModerationAction::Silence(id, !person.silenced),
            false,
        ));
    }
    if person.appointed {
        let moderates = person.role == Role::Moderator;
        let words = if moderates {
            t.dismiss_moderator
        } else {
            t.appoint_moderator
        };
        actions.push(action(
            words,
            ModerationAction::SetModerator(id, !moderates),
            false,
        ));
    }
    actions.push(if person.blocked {
        action(
            t.unblock_person,
            ModerationAction::Unblock(person.name.clone()),
            false,
        )
    } else {
        action(t.block_person, ModerationAction::Block(id), false)
    });
    if person.moderated {
        actions.push(action(t.remove_person, ModerationAction::Remove(id), true));
        actions
            .extend(BANS.map(|(minutes, words)| action(words(t), ModerationAction::Ban(id, minutes), true)));
    }
    actions
}
