//! The components: they read the views, dispatch intents, and never access a connection, a device or the
//! server.
//!
//! - [`App`]: the current page, and the notices above it;
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
mod room;

use call_core::PageView;
use leptos::prelude::*;

use crate::text::Text;
use crate::views::{FillChoice, ThemeChoice, take_painted, use_page};

/// The whole app. Requires a `ViewSignals`, a `Dispatch` and `Streams` in its context.
#[component]
pub fn App() -> impl IntoView {
    let text = Text::provide();
    common::follow_head(text, ThemeChoice::provide());
    FillChoice::provide();
    call::Playback::provide();
    let page = use_page();
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
            PageView::Lobby { .. } => view! { <door::Lobby /> }.into_any(),
            PageView::Ready { .. } => view! { <door::Ready /> }.into_any(),
            PageView::Entering { .. } => view! { <door::Entering /> }.into_any(),
            PageView::SeatOccupied { .. } => view! { <door::SeatOccupied /> }.into_any(),
            PageView::SeatTakenOver { .. } => view! { <door::SeatTakenOver /> }.into_any(),
            PageView::AnotherUser { .. } => view! { <door::AnotherUser /> }.into_any(),
            PageView::Refused { .. } => view! { <door::Refused /> }.into_any(),
            PageView::Waiting { .. } => view! { <door::BeforeRoom /> }.into_any(),
            PageView::Nowhere => view! { <door::Nowhere /> }.into_any(),
            PageView::Lab(_) => view! { <lab::LabPage /> }.into_any(),
            PageView::Room { .. } => view! { <room::Room /> }.into_any(),
        }
    };
    let in_room = Memo::new(move |_| page.with(|page| matches!(page, PageView::Room { .. })));
    view! {
        // In the room, notices are shown above the stage.
        <Show when=move || !in_room.get()>
            <room::Notices />
        </Show>
        {shown}
        <account::AccountDialog />
    }
}
