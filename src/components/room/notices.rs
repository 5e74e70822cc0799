//! Notices for the user, with what to do about them.

use call_core::{LabIntent, Notice, NoticeBody, NoticeIntent, Remedy};
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::components::late;
use crate::text::{Texts, notice as words, use_early_text, use_text};
use crate::views::{reload_page, use_core_runs, use_dispatch, use_notices};

/// The notices, above the page's content and never over it: a face may be there. The region exists before its
/// first notice, so that screen readers announce it, and each notice is announced separately.
#[component]
pub fn Notices() -> impl IntoView {
    let (text, core_runs) = (use_early_text(), use_core_runs());
    view! {
        <div class="notices" role="status" aria-atomic="false" aria-label=text.of(|t| t.notices)>
            {move || core_runs.get().then(late::notices)}
        </div>
    }
}

/// The notices, one by one.
#[component]
pub fn NoticeList() -> impl IntoView {
    let notices = use_notices();
    view! {
        <For each=move || notices.get().to_vec() key=|notice| notice.id let:notice>
            <One notice=notice />
        </For>
    }
}

#[component]
fn One(notice: Notice) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let id = notice.id;
    let body = StoredValue::new(notice.body);
    let action = move || {
        let (remedy, intent) = body.with_value(NoticeBody::way_out)?;
        let act = move |_| {
            dispatch.send(intent.clone());
            dispatch.send(NoticeIntent::Dismiss(id));
        };
        let label = label(text.now(), remedy);
        Some(view! { <button type="button" class="button" on:click=act>{label}</button> })
    };
    // This leaves the notice open, since its own action is still to come.
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
        view! { <button type="button" class="button" on:click=|_| reload_page()>{text.of(|t| t.reload)}</button> }
    };
    view! {
        <div class="notice" class:is-problem=body.with_value(NoticeBody::is_problem)>
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
                {Icon::CLOSE.into_render()}
            </button>
        </div>
    }
}

/// The label of a remedy's button.
fn label(t: &'static Texts, remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::InviteAgain => t.invite_again,
        Remedy::InviteBack => t.invite_back,
        Remedy::TryAgain => t.try_again,
        Remedy::Unmute => t.microphone_unmute,
        Remedy::Undo => t.undo,
    }
}
