//! The room's frame: everything around the call.

mod header;
mod invitations;
mod leave;
mod moderation;
mod news;
mod notices;
mod people;
mod person;
mod tabs;

use leptos::prelude::*;

pub use notices::{NoticeList, Notices};

use crate::components::call::{ConnectionDialog, Playback, Stage};
use crate::components::chat::Chat;
use crate::components::lab::Why;
use crate::views::FillChoice;
use tabs::{Part, Tabs};

/// The page of a room. A wide screen shows all parts, a narrow one the selected part.
#[component]
pub fn Room() -> impl IntoView {
    let part = RwSignal::new(Part::Call);
    FillChoice::provide();
    Playback::provide();
    view! {
        <div class="room" data-part=move || part.get().name()>
            <header::Header />
            <main>
                <div class="middle">
                    <Notices />
                    <moderation::Newcomers />
                    <Stage />
                </div>
                <people::People />
                <Chat />
            </main>
            <Tabs part=part />
        </div>
        <news::News />
        <ConnectionDialog />
        <invitations::Invitations />
        <leave::LeaveQuestion />
        <Why />
    }
}
