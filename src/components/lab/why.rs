//! The dialog that explains a failed connection by testing the servers.

use call_core::{CallIntent, CheckState, LabIntent};
use leptos::html::Dialog;
use leptos::prelude::*;

use super::findings::Findings;
use super::report::CopyReport;
use crate::text::{fill, use_text};
use crate::views::{use_dispatch, use_lab};

/// The dialog, shown while the view's `why` is set.
#[component]
pub fn Why() -> impl IntoView {
    let (text, lab, dispatch) = (use_text(), use_lab(), use_dispatch());
    let why = Memo::new(move |_| lab.with(|lab| lab.why.clone()));
    let state = Memo::new(move |_| lab.with(|lab| lab.check.state));
    let name = move || why.get().map(|why| why.name.to_string()).unwrap_or_default();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let asked = why.with(Option::is_some);
        if let Some(dialog) = dialog.get() {
            if asked && !dialog.open() {
                // Fails only for a dialog that is already open or not in the page.
                let _ = dialog.show_modal();
            } else if !asked && dialog.open() {
                dialog.close();
            }
        }
    });
    let try_again = move |_| {
        if let Some(why) = why.get_untracked() {
            dispatch.send(LabIntent::CloseWhy);
            dispatch.send(CallIntent::RetryLink(why.peer));
        }
    };
    view! {
        <dialog
            class="sheet why"
            node_ref=dialog
            aria-labelledby="why-title"
            on:close=move |_| {
                if why.with_untracked(Option::is_some) {
                    dispatch.send(LabIntent::CloseWhy);
                }
            }
        >
            <h2 id="why-title" tabindex="-1" autofocus>{text.of(|t| t.why_title)}</h2>
            <p class="lab-hint" role="status">
                {move || match state.get() {
                    CheckState::Done => fill(text.now().why_here, &[("name", &name())]),
                    CheckState::Unavailable => text.now().servers_unavailable.to_owned(),
                    CheckState::Idle
                    | CheckState::SignInFirst
                    | CheckState::Asking
                    | CheckState::Probing => text.now().why_checking.to_owned(),
                }}
            </p>
            <Findings />
            <div class="lab-controls">
                <button type="button" class="button is-main" on:click=try_again>
                    {text.of(|t| t.try_again)}
                </button>
                <CopyReport />
                <button type="button" class="button is-quiet" on:click=move |_| dispatch.send(LabIntent::CloseWhy)>
                    {text.of(|t| t.close)}
                </button>
            </div>
        </dialog>
    }
}
