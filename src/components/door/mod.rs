//! All pages before a room: sign-in, lobby, and the cards that explain why the user is not in the room yet.

mod card;
mod field;
mod gate;
mod lobby;
mod password;
mod ready;
mod room_password;
mod sign_in;
mod starting;

pub use card::Card;
pub use field::{Entry, Field, focus, typed};
pub use sign_in::SignIn;
pub use starting::{Starting, Waiting};

use call_core::PageView;
use leptos::prelude::*;

use gate::{AnotherUser, BeforeRoom, Entering, Nowhere, Refused, SeatOccupied, SeatTakenOver};
use lobby::Lobby;
use ready::Ready;

/// A page that is not in the first chunk; those that are, and rooms and labs, are empty here.
pub fn late(page: &PageView) -> AnyView {
    match page {
        PageView::Lobby { .. } => view! { <Lobby /> }.into_any(),
        PageView::Ready { .. } => view! { <Ready /> }.into_any(),
        PageView::Entering { .. } => view! { <Entering /> }.into_any(),
        PageView::SeatOccupied { .. } => view! { <SeatOccupied /> }.into_any(),
        PageView::SeatTakenOver { .. } => view! { <SeatTakenOver /> }.into_any(),
        PageView::AnotherUser { .. } => view! { <AnotherUser /> }.into_any(),
        PageView::Refused { .. } => view! { <Refused /> }.into_any(),
        PageView::Waiting { .. } => view! { <BeforeRoom /> }.into_any(),
        PageView::Nowhere => view! { <Nowhere /> }.into_any(),
        PageView::Starting | PageView::SignIn { .. } | PageView::Lab(_) | PageView::Room { .. } => {
            ().into_any()
        }
    }
}
