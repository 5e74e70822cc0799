//! The button that pins a tile, which keeps it large.

use std::sync::Arc;

use call_core::{StageIntent, StageView, TileKey};
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::{fill, use_text};
use crate::views::{use_call, use_dispatch};

/// Pins a tile, or unpins it.
#[component]
pub fn Pin(key: TileKey, stage: ReadSignal<Arc<StageView>>) -> impl IntoView {
    let (text, call, dispatch) = (use_text(), use_call(), use_dispatch());
    let pinned = Memo::new(move |_| stage.with(|stage| stage.pinned == Some(key)));
    let name = move || match key {
        TileKey::Own | TileKey::OwnScreen => String::new(),
        TileKey::Face(peer) | TileKey::Screen(peer) => call.with_untracked(|call| {
            let tile = call.tiles.iter().find(|tile| tile.peer == peer);
            tile.map(|tile| tile.name.to_string()).unwrap_or_default()
        }),
    };
    let name = StoredValue::new(name());
    let label = move || {
        let t = text.now();
        let words = match (key, pinned.get()) {
            (TileKey::Own, false) => t.pin_own,
            (TileKey::Own, true) => t.unpin_own,
            (TileKey::OwnScreen, false) => t.pin_own_screen,
            (TileKey::OwnScreen, true) => t.unpin_own_screen,
            (TileKey::Face(_), false) => t.pin,
            (TileKey::Face(_), true) => t.unpin,
            (TileKey::Screen(_), false) => t.pin_screen,
            (TileKey::Screen(_), true) => t.unpin_screen,
        };
        name.with_value(|name| fill(words, &[("name", name)]))
    };
    view! {
        <button
            type="button"
            class="button is-icon tile-pin"
            class:is-pinned=pinned
            aria-label=label
            title=label
            on:click=move |_| {
                dispatch.send(if pinned.get_untracked() { StageIntent::Unpin } else { StageIntent::Pin(key) });
            }
        >
            {Icon::PIN.into_render()}
        </button>
    }
}
