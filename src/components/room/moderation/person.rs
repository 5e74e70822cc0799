//! What can be done about one person beyond talking with them: by everybody, and by moderators.

use call_core::{Act, Intent, PersonView};
use leptos::prelude::*;
use protocol::{ParticipantId, Role};

use super::dialog::Modal;
use crate::text::{Texts, fill, use_text};
use crate::views::{use_dispatch, use_people};

/// For how long somebody can be banned, in minutes.
const BANS: [(u32, Pick); 3] = [
    (60, |t| t.ban_hour),
    (24 * 60, |t| t.ban_day),
    (7 * 24 * 60, |t| t.ban_week),
];

type Pick = fn(&'static Texts) -> &'static str;

/// The dialog about the person that is chosen; it closes by itself when they leave.
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
    view! {
        <Modal id="person" open=open close=move |()| chosen.set(None) title=title>
            <div class="person-acts">
                {move || {
                    let t = text.now();
                    let acts = person.with(|person| person.as_ref().map(|person| acts(t, person)));
                    acts.unwrap_or_default()
                        .into_iter()
                        .map(|(label, act, danger)| view! { <Do label=label act=act danger=danger chosen=chosen /> })
                        .collect_view()
                }}
            </div>
        </Modal>
    }
}

/// One of the things that can be done; doing it closes the dialog.
#[component]
fn Do(label: &'static str, act: Act, danger: bool, chosen: RwSignal<Option<ParticipantId>>) -> impl IntoView {
    let dispatch = use_dispatch();
    let class = if danger {
        "button is-danger is-wide"
    } else {
        "button is-wide"
    };
    view! {
        <button
            type="button"
            class=class
            on:click=move |_| {
                chosen.set(None);
                dispatch.send(Intent::Moderate(act.clone()));
            }
        >
            {label}
        </button>
    }
}

/// What the user may do about somebody: its words, the wish, and whether it takes something away from them.
fn acts(t: &'static Texts, person: &PersonView) -> Vec<(&'static str, Act, bool)> {
    let id = person.id;
    let mut acts = Vec::new();
    if person.moderated {
        acts.push((t.mute_person, Act::Mute(id), false));
        let words = if person.silenced {
            t.unsilence_person
        } else {
            t.silence_person
        };
        acts.push((words, Act::Silence(id, !person.silenced), false));
    }
    if person.appointed {
        let moderates = person.role == Role::Moderator;
        let words = if moderates {
            t.dismiss_moderator
        } else {
            t.appoint_moderator
        };
        acts.push((words, Act::SetModerator(id, !moderates), false));
    }
    acts.push(if person.blocked {
        (t.unblock_person, Act::Unblock(person.name.clone()), false)
    } else {
        (t.block_person, Act::Block(id), false)
    });
    if person.moderated {
        acts.push((t.remove_person, Act::Remove(id), true));
        acts.extend(BANS.map(|(minutes, words)| (words(t), Act::Ban(id, minutes), true)));
    }
    acts
}
