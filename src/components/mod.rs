//! The components: they read the views, dispatch intents, and never access a connection, a device or the
//! server.
//!
//! - [`App`]: the current page, and the notices above it;
//! - `late`: pages that are in chunks of their own;
//! - `door`: all pages before a room: sign-in, lobby, and why the user is not in the room yet;
//! - `account`: the user's account, on every page with a signed-in user;
//! - `room`: the room's frame: header, people, invitations, notices;
//! - `call`: the stage: tiles, self view, controls;
//! - `chat`: the room's chat;
//! - `devices`: controls for the user's own devices;
//! - `lab`: the pages that test devices and connections;
//! - `common`: small parts that several of them share.

mod account;
mod call;
mod chat;
mod common;
mod devices;
mod door;
mod lab;
mod late;
mod room;

pub use late::CorePages;

use call_core::PageView;
use leptos::prelude::*;

use crate::text::use_early_text;
use crate::views::{ThemeChoice, take_painted, use_core_runs, use_page};

/// The whole app. Requires a `ViewSignals`, a `Dispatch`, an `EarlyText`, and, once the core runs, `Streams` and a
/// `Text` in its context.
#[component]
pub fn App() -> impl IntoView {
    let text = use_early_text();
    common::follow_head(text, ThemeChoice::provide());
    let (page, core_runs) = (use_page(), use_core_runs());
    let which = Memo::new(move |_| page.with(std::mem::discriminant));
    common::follow_focus(which);
    let shown = move || {
        // A memo that is tracked but never read is never computed, and would not notify.
        which.get();
        let page = page.get_untracked();
        if !matches!(page, PageView::Starting | PageView::SignIn { .. }) {
            // Input from before the app ran belongs to the first form only.
            take_painted();
        }
        match page {
            PageView::Starting => view! { <door::Starting /> }.into_any(),
            PageView::SignIn { .. } => view! { <door::SignIn /> }.into_any(),
            PageView::Lab(_) => late::lab(),
            PageView::Room { .. } => late::room(),
            PageView::Lobby { .. }
            | PageView::Ready { .. }
            | PageView::Entering { .. }
            | PageView::SeatOccupied { .. }
            | PageView::SeatTakenOver { .. }
            | PageView::AnotherUser { .. }
            | PageView::Refused { .. }
            | PageView::Waiting { .. }
            | PageView::Nowhere => late::door(&page),
        }
    };
    let in_room = Memo::new(move |_| page.with(|page| matches!(page, PageView::Room { .. })));
    let leads_to_room =
        Memo::new(move |_| core_runs.get() && page.with(|page| !matches!(page, PageView::Lab(_))));
    Effect::new(move |_| {
        if leads_to_room.get() {
            late::prepare_room();
        }
    });
    view! {
        // In the room, notices are shown above the stage.
        <Show when=move || !in_room.get()>
            <room::Notices />
        </Show>
        {shown}
        {move || core_runs.get().then(late::around)}
    }
}
