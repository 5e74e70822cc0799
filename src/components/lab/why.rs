//! The dialog that explains a failed connection by testing the servers.

use call_core::{CallIntent, CheckState, LabIntent};
use leptos::prelude::*;

use super::findings::Findings;
use super::report::CopyReport;
use crate::components::common::Modal;
use crate::text::{fill, use_text};
use crate::views::{use_dispatch, use_lab};

/// The dialog, shown while the view's `why` is set.
#[component]
pub fn Why() -> impl IntoView {
    let (text, lab, dispatch) = (use_text(), use_lab(), use_dispatch());
    let why = Memo::new(move |_| lab.with(|lab| lab.why.clone()));
    let state = Memo::new(move |_| lab.with(|lab| lab.check.state));
    let name = move || why.get().map(|why| why.name.to_string()).unwrap_or_default();
    let open = Signal::derive(move || why.with(Option::is_some));
    let close = move |()| dispatch.send(LabIntent::CloseWhy);
    let title = Signal::derive(move || text.now().why_title.to_owned());
    let try_again = move |_| {
        if let Some(why) = why.get_untracked() {
            dispatch.send(LabIntent::CloseWhy);
            dispatch.send(CallIntent::RetryLink(why.peer));
        }
    };
    view! {
        <Modal name="why" open=open close=close title=title>
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
            </div>
        </Modal>
    }
}
