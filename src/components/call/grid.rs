//! The tiles, sized to fill the stage.

use call_core::layout::arrange;
use leptos::html::Div;
use leptos::prelude::*;

use super::own_tile::OwnTile;
use super::tile::Tile;
use crate::text::use_text;
use crate::views::{use_call, use_invitations, use_people, use_size};

/// Space between tiles, in CSS pixels; the style sheet reads it from here.
const GAP: f64 = 8.0;

/// The user's own tile, and one for each other in the call.
#[component]
pub fn Grid() -> impl IntoView {
    let (text, call) = (use_text(), use_call());
    let (people, invitations) = (use_people(), use_invitations());
    let node = NodeRef::<Div>::new();
    let size = use_size(node);
    let number = Memo::new(move |_| call.with(|call| call.tiles.len()));
    let layout = Memo::new(move |_| {
        let (width, height) = size.get();
        arrange(number.get() + 1, width, height, GAP)
    });
    let alone = Memo::new(move |_| people.with(|people| people.len() < 2));
    let idle = move || number.get() == 0 && invitations.with(|invitations| invitations.outgoing.is_empty());
    view! {
        <Show when=idle>
            <p class="stage-hint">
                {move || if alone.get() { text.now().alone } else { text.now().call_empty }}
            </p>
        </Show>
        <div
            class="grid"
            node_ref=node
            style=("--gap", format!("{GAP}px"))
            style=("--tile-width", move || px(layout.get().width))
            style=("--tile-height", move || px(layout.get().height))
        >
            <For each=move || call.get().tiles key=|tile| tile.peer let:tile>
                <Tile tile=tile />
            </For>
            <OwnTile />
        </div>
    }
}

/// Whole pixels, so that rounding never breaks a row.
fn px(length: f64) -> String {
    format!("{}px", length.floor())
}
