//! The stage: video and audio of the call, and the user's own devices.

mod connection;
mod controls;
mod devices;
mod grid;
mod holes;
mod media_element;
mod outgoing;
mod own_tile;
mod pin;
mod playback;
mod screen;
mod sound;
mod speaking;
mod tile;
mod video;
mod view;
mod volume;

use leptos::prelude::*;

pub use connection::ConnectionDialog;
pub use own_tile::OwnTile;
pub use playback::Playback;
pub use video::Video;

use crate::components::common::Boundary;
use crate::text::use_text;

/// The call: tiles, missing links, outgoing invitations and controls.
#[component]
pub fn Stage() -> impl IntoView {
    let text = use_text();
    view! {
        <section class="stage" aria-label=text.of(|t| t.call)>
            <Boundary>
                <grid::Grid />
            </Boundary>
            <playback::ResumeAll />
            <holes::MissingPairs />
            <outgoing::Outgoing />
            <div class="controls-bar">
                <controls::Controls />
                <view::ViewOfCall />
            </div>
        </section>
    }
}
