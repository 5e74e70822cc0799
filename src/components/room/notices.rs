//! What the user should know now, with the way out.

use call_core::{
    Act, CallIntent, DeviceIntent, Intent, LabIntent, MediaError, Notice, NoticeBody, NoticeIntent,
    ScreenIntent,
};
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::{Texts, notice as words, use_text};
use crate::views::{use_dispatch, use_notices};

/// The notices, above what a page shows and never over it: a face may be there. The region is there before its first
/// notice, so that a screen reader tells it; it tells each by itself, and not all of them again with each new one.
#[component]
pub fn Notices() -> impl IntoView {
    let (text, notices) = (use_text(), use_notices());
    view! {
        <div class="notices" role="status" aria-atomic="false" aria-label=text.of(|t| t.notices)>
            <For each=move || notices.get().to_vec() key=|notice| notice.id let:notice>
                <One notice=notice />
            </For>
        </div>
    }
}

#[component]
fn One(notice: Notice) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let id = notice.id;
    let body = StoredValue::new(notice.body);
    let action = move || {
        let (label, intent) = body.with_value(|body| way_out(text.now(), body))?;
        let act = move |_| {
            dispatch.send(intent.clone());
            dispatch.send(NoticeIntent::Dismiss(id));
        };
        Some(view! { <button type="button" class="button" on:click=act>{label}</button> })
    };
    // Asking why leaves the notice where it is: its way out is still to come.
    let why = body.with_value(|body| {
        if let NoticeBody::LinkFailed { peer, .. } = body {
            Some(*peer)
        } else {
            None
        }
    });
    let see_why = why.map(|peer| {
        view! {
            <button type="button" class="button" on:click=move |_| dispatch.send(LabIntent::AskWhy(peer))>
                {text.of(|t| t.see_why)}
            </button>
        }
    });
    let outdated = body.with_value(|body| matches!(body, NoticeBody::Outdated));
    let reload = move || {
        // A page that may not load itself anew stays, with its notice.
        let load = |_| drop(window().location().reload());
        view! { <button type="button" class="button" on:click=load>{text.of(|t| t.reload)}</button> }
    };
    view! {
        <div class="notice" class:is-problem=body.with_value(is_problem)>
            <p>{move || body.with_value(|body| words::body(text.now(), body))}</p>
            {action}
            {see_why}
            {outdated.then(reload)}
            <button
                type="button"
                class="button is-quiet is-icon"
                aria-label=text.of(|t| t.dismiss)
                on:click=move |_| dispatch.send(NoticeIntent::Dismiss(id))
            >
                {Icon::Close.into_render()}
            </button>
        </div>
    }
}

/// What the user can do about it at once.
fn way_out(t: &'static Texts, body: &NoticeBody) -> Option<(&'static str, Intent)> {
    match body {
        NoticeBody::InvitationEnded { peer: Some(peer), .. }
        | NoticeBody::CallLost { peer: Some(peer), .. } => {
            Some((t.invite_again, CallIntent::Invite(*peer).into()))
        }
        NoticeBody::InvitationMissed { peer: Some(peer), .. } => {
            Some((t.invite_back, CallIntent::Invite(*peer).into()))
        }
        NoticeBody::LinkFailed { peer, .. } => Some((t.try_again, CallIntent::RetryLink(*peer).into())),
        NoticeBody::Media { device, error } if *error != MediaError::Insecure => {
            Some((t.try_again, DeviceIntent::start(*device).into()))
        }
        NoticeBody::TalkingWhileMuted | NoticeBody::Muted { .. } => {
            Some((t.microphone_unmute, DeviceIntent::UnmuteMicrophone.into()))
        }
        NoticeBody::DeviceLost(device) | NoticeBody::MutedBySystem(device) => {
            Some((t.try_again, DeviceIntent::start(*device).into()))
        }
        NoticeBody::Screen(_) => Some((t.try_again, ScreenIntent::Share.into())),
        NoticeBody::Banned { name, .. } => Some((t.undo, Act::LiftBan(name.clone()).into())),
        NoticeBody::InvitationEnded { peer: None, .. }
        | NoticeBody::InvitationMissed { peer: None, .. }
        | NoticeBody::CallEnded { .. }
        | NoticeBody::CallLost { peer: None, .. }
        | NoticeBody::Refused(_)
        | NoticeBody::ParticipantMuted { .. }
        | NoticeBody::RoleChanged(_)
        | NoticeBody::Silenced(_)
        | NoticeBody::RoomChanged { .. }
        | NoticeBody::Offline
        | NoticeBody::DeviceReplaced { .. }
        | NoticeBody::DeviceKept(_)
        | NoticeBody::DeviceFollowed(_)
        | NoticeBody::NoIceServers
        | NoticeBody::Media { .. }
        | NoticeBody::Outdated => None,
    }
}

/// Whether something is out of order, rather than merely over.
fn is_problem(body: &NoticeBody) -> bool {
    !matches!(
        body,
        NoticeBody::InvitationEnded { .. }
            | NoticeBody::InvitationMissed { .. }
            | NoticeBody::CallEnded { .. }
            | NoticeBody::ParticipantMuted { .. }
            | NoticeBody::RoleChanged(_)
            | NoticeBody::RoomChanged { .. }
            | NoticeBody::Banned { .. }
            | NoticeBody::Silenced(false)
            | NoticeBody::DeviceFollowed(_)
    )
}
