//! The dialog of incoming invitations.

use call_core::{CallIntent, InvitationView};
use leptos::html::Dialog;
use leptos::prelude::*;

use crate::components::common::{GuestMark, Icon, avatar};
use crate::text::{count, fill, moderation, use_text};
use crate::views::{use_dispatch, use_invitations};

/// Open while an invitation rings. The heading has the focus first, so that a key meant for the chat answers
/// no invitation; the browser restores the focus when the dialog closes. Escape declines the oldest
/// invitation.
#[component]
pub fn Invitations() -> impl IntoView {
    let (text, invitations, dispatch) = (use_text(), use_invitations(), use_dispatch());
    let incoming = Memo::new(move |_| invitations.with(|invitations| invitations.incoming.clone()));
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let ringing = incoming.with(|incoming| !incoming.is_empty());
        if let Some(dialog) = dialog.get() {
            if ringing && !dialog.open() {
                // Fails only for a dialog that is already open or not in the page.
                let _ = dialog.show_modal();
            } else if !ringing && dialog.open() {
                dialog.close();
            }
        }
    });
    let closed = move |_| {
        let open = dialog.get_untracked().is_some_and(|dialog| dialog.open());
        let first = incoming.with_untracked(|incoming| incoming.first().map(|first| first.id));
        if let (false, Some(first)) = (open, first) {
            dispatch.send(CallIntent::DeclineInvitation(first));
        }
    };
    let title = move || {
        let t = text.now();
        incoming.with(|incoming| {
            let one = incoming.first().map_or(String::new(), |first| {
                moderation::named(t, first.name.as_str(), first.guest)
            });
            count(
                incoming.len(),
                &fill(t.invitation_title_one, &[("name", &one)]),
                t.invitation_title_other,
            )
        })
    };
    view! {
        <dialog class="sheet invitations" node_ref=dialog aria-labelledby="invitations-title" on:close=closed>
            <h2 id="invitations-title" tabindex="-1" autofocus>{title}</h2>
            <Show when=move || invitations.with(|invitations| invitations.muted)>
                <p class="invitations-muted">{text.of(|t| t.ring_muted)}</p>
            </Show>
            <ul>
                <For each=move || incoming.get() key=|invitation| invitation.id let:invitation>
                    <Incoming invitation=invitation />
                </For>
            </ul>
        </dialog>
    }
}

/// An incoming invitation, with the answers.
#[component]
fn Incoming(invitation: InvitationView) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let id = invitation.id;
    let name = invitation.name.to_string();
    let rings = protocol::limits::INVITATION_RINGS.as_millis();
    let gone = already_rung(&invitation, rings);
    let answer = move |camera| {
        let intent = CallIntent::AcceptInvitation {
            invitation: id,
            camera,
        };
        move |_| dispatch.send(intent)
    };
    view! {
        <li class="incoming" aria-label=name.clone()>
            <div class="incoming-who">
                {avatar(&invitation.name)}
                <strong class="ellipsis" dir="auto">{name.clone()}</strong>
                <GuestMark guest=invitation.guest />
            </div>
            <div
                class="ring-bar"
                aria-hidden="true"
                style=("--rings", format!("{rings}ms"))
                style=("--gone", format!("-{gone}ms"))
            ></div>
            <div class="incoming-answers">
                <button type="button" class="button is-accept" on:click=answer(true)>
                    {Icon::CAMERA.into_render()}
                    {text.of(|t| t.answer_camera)}
                </button>
                <button type="button" class="button" on:click=answer(false)>
                    {Icon::MICROPHONE.into_render()}
                    {text.of(|t| t.answer_no_camera)}
                </button>
                <button
                    type="button"
                    class="button is-danger"
                    on:click=move |_| dispatch.send(CallIntent::DeclineInvitation(id))
                >
                    {Icon::CLOSE.into_render()}
                    {text.of(|t| t.decline)}
                </button>
            </div>
        </li>
    }
}

/// How much of the ringing time has passed, in milliseconds.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a clock before 1970 reads as 1970"
)]
fn already_rung(invitation: &InvitationView, rings: u128) -> u128 {
    let left = invitation.ends_at.0.saturating_sub(js_sys::Date::now() as u64);
    rings.saturating_sub(u128::from(left))
}
