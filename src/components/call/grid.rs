//! The tiles, laid out to fill the stage.

use std::sync::Arc;

use call_core::layout::{Area, Rect};
use call_core::{StageIntent, StageView, TileKey};
use leptos::html::Div;
use leptos::prelude::*;

use super::own_tile::OwnTile;
use super::pin::Pin;
use super::screen::{OwnScreen, Screen};
use super::tile::Tile;
use crate::text::use_text;
use crate::views::{use_call, use_dispatch, use_fill, use_invitations, use_people, use_size, use_stage};

/// Space between tiles, in CSS pixels.
const GAP: f64 = 8.0;

/// The user's own tile, and the tiles of all others in the call.
#[component]
pub fn Grid() -> impl IntoView {
    let (text, call, stage) = (use_text(), use_call(), use_stage());
    let (people, invitations, fill) = (use_people(), use_invitations(), use_fill());
    let node = NodeRef::<Div>::new();
    let size = use_size(node);
    let area = Memo::new(move |_| {
        let (width, height) = size.get().unwrap_or_default();
        Area {
            width,
            height,
            gap: GAP,
        }
    });
    let places = Memo::new(move |_| stage.with(|stage| stage.places(area.get())));
    let dispatch = use_dispatch();
    let probe = NodeRef::<Div>::new();
    let probed = use_size(probe);
    let seen = Memo::new(move |_| probed.get().unwrap_or_default().0 > 0.0);
    let show = move |area| {
        let density = window().device_pixel_ratio();
        dispatch.send(StageIntent::Show { area, density });
    };
    Effect::new(move |_| show(if seen.get() { area.get() } else { Area::default() }));
    on_cleanup(move || show(Area::default()));
    let alone = Memo::new(move |_| people.with(|people| people.len() < 2));
    let others = Memo::new(move |_| call.with(|call| !call.tiles.is_empty()));
    let idle = move || !others.get() && invitations.with(|invitations| invitations.outgoing.is_empty());
    // Nothing can be laid out without the size: then the boundary shows the error.
    let measured = move || size.try_get().map_or(Ok(()), |size| size.map(drop));
    view! {
        {measured}
        // Has a size while the tiles can be seen: the style sheet decides that.
        <div class="stage-seen" node_ref=probe></div>
        <Show when=idle>
            <p class="stage-hint">
                {move || if alone.get() { text.now().alone } else { text.now().call_empty }}
            </p>
        </Show>
        <div class="grid" class:is-filled=move || fill.get() node_ref=node>
            <For each=move || stage.get().tiles.clone() key=|tile| *tile let:key>
                <Place key=key places=places stage=stage others=others />
            </For>
        </div>
    }
}

/// The rectangle of each tile.
type Places = Vec<(TileKey, Rect)>;

/// One tile in its rectangle. It stays the same element while it moves and grows, so that its video keeps
/// playing.
#[component]
fn Place(
    key: TileKey,
    places: Memo<Places>,
    stage: ReadSignal<Arc<StageView>>,
    others: Memo<bool>,
) -> impl IntoView {
    let rect = Memo::new(move |last: Option<&Rect>| {
        let found = places.with(|places| places.iter().find(|(of, _)| *of == key).map(|(_, rect)| *rect));
        // A tile that is being removed keeps its rectangle.
        found.or(last.copied()).unwrap_or_default()
    });
    let main = Memo::new(move |_| stage.with(|stage| stage.main == Some(key)));
    view! {
        <div
            class="place"
            class:is-main=main
            style=("--x", move || px(rect.get().x))
            style=("--y", move || px(rect.get().y))
            style=("--width", move || px(rect.get().width))
            style=("--height", move || px(rect.get().height))
        >
            {tile(key)}
            <Show when=move || others.get()>
                <Pin key=key stage=stage />
            </Show>
        </div>
    }
}

fn tile(key: TileKey) -> AnyView {
    let call = use_call();
    let of = |peer| call.with_untracked(|call| call.tiles.iter().find(|tile| tile.peer == peer).cloned());
    match key {
        TileKey::Own => view! { <OwnTile /> }.into_any(),
        TileKey::Face(peer) => of(peer).map(|tile| view! { <Tile tile=tile /> }).into_any(),
        TileKey::Screen(peer) => of(peer).map(|tile| view! { <Screen tile=tile /> }).into_any(),
        TileKey::OwnScreen => view! { <OwnScreen /> }.into_any(),
    }
}

fn px(length: f64) -> String {
    format!("{length}px")
}
