//! The tile of one peer in the call.

use call_core::{CallIntent, CallView, Source, StallView, TileState, TileView};
use leptos::prelude::*;

use super::connection::Badge;
use super::sound::Sound;
use super::speaking::Speaking;
use super::video::Video;
use super::volume::{VolumeButton, use_volume};
use crate::components::common::{GuestMark, Icon, avatar, follow};
use crate::text::{Texts, fill, use_text};
use crate::views::{use_call, use_dispatch, use_speaking, use_streams};

/// A tile: video or avatar, name, connection quality, and the button that ends the call with this peer.
#[component]
pub fn Tile(tile: TileView) -> impl IntoView {
    let (text, dispatch, streams) = (use_text(), use_dispatch(), use_streams());
    let (peer, name, guest) = (tile.peer, tile.name.clone(), tile.guest);
    let person = name.to_string();
    let tile = follow(use_call(), tile, move |call: &CallView| {
        call.tiles.iter().find(|tile| tile.peer == peer).cloned()
    });
    let state = Memo::new(move |_| tile.with(|tile| tile.state));
    let paused = Memo::new(move |_| tile.with(|tile| tile.camera && paused(tile, Source::Camera)));
    let picture = Memo::new(move |_| {
        tile.with(|tile| tile.camera && tile.state != TileState::Connecting) && !paused.get()
    });
    let silent = Memo::new(move |_| tile.with(|tile| tile.state == TileState::Connected && !tile.microphone));
    let now = use_speaking();
    let speaking = Memo::new(move |_| now.with(|now| now.peers.contains(&peer)));
    let stall = Memo::new(move |_| tile.with(|tile| stall(tile, &[Source::Camera, Source::Microphone])));
    let away = Memo::new(move |_| tile.with(|tile| tile.away && tile.state == TileState::Connected));
    let volume = use_volume(peer);
    // The streams are created with the connection, so they are looked up at every change of the tile.
    let streams = move || streams.of(peer, tile.with(|tile| tile.epoch));
    let (named, full) = (person.clone(), person.clone());
    view! {
        <div
            class="tile"
            role="group"
            aria-label=person.clone()
            data-state=move || kind(state.get())
            data-speaking=move || speaking.get().then_some("")
            data-stalled=move || stall.get().map(|_| "")
            data-paused=move || paused.get().then_some("")
            class:has-picture=picture
        >
            <Video stream=move || streams().map(|streams| streams.picture) />
            <Sound stream=move || streams().map(|streams| streams.sound) volume=volume />
            {avatar(&name)}
            <div class="tile-state">
                {move || {
                    let t = text.now();
                    words(t, state.get(), stall.get(), &named)
                        .or_else(|| paused.get().then(|| t.video_paused.to_owned()))
                }}
                <Show when=move || retries(state.get(), stall.get())>
                    <button type="button" class="button" on:click=move |_| dispatch.send(CallIntent::RetryLink(peer))>
                        {text.of(|t| t.try_again)}
                    </button>
                </Show>
            </div>
            <Badge peer=peer person=person.clone() />
            <div class="tile-foot">
                <span class="tile-name">
                    <Speaking speaking=speaking />
                    <Show when=move || silent.get()>
                        <span class="tile-mark">
                            {Icon::MICROPHONE_OFF.into_render()}
                            <span class="out-of-sight">{text.of(|t| t.muted)}</span>
                        </span>
                    </Show>
                    <span class="ellipsis" dir="auto">{person.clone()}</span>
                    <GuestMark guest=guest />
                    // The peer has lost the connection to the server; video and audio continue.
                    <Show when=move || away.get()>
                        <span class="tile-away">{text.of(|t| t.reconnecting)}</span>
                    </Show>
                    <Show when=move || volume.get() == 0>
                        <span class="tile-mark">
                            {Icon::SPEAKER_OFF.into_render()}
                            <span class="tile-silenced">{text.of(|t| t.silenced)}</span>
                        </span>
                    </Show>
                    <Show when=move || !picture.get() && !paused.get()>
                        <span class="out-of-sight">{text.of(|t| t.camera_off)}</span>
                    </Show>
                </span>
                <VolumeButton peer=peer person=person.clone() />
                <button
                    type="button"
                    class="button is-icon tile-hang-up"
                    aria-label=move || fill(text.now().hang_up_with, &[("name", &full)])
                    on:click=move |_| dispatch.send(CallIntent::HangUp(peer))
                >
                    {Icon::HANG_UP.into_render()}
                </button>
            </div>
        </div>
    }
}

/// The first of these sources that stalls although it is sent, while connected.
pub fn stall(tile: &TileView, among: &[Source]) -> Option<StallView> {
    let stalls = || tile.stalls.iter();
    let of = |source: &Source| stalls().find(|stall| stall.source == *source).copied();
    let connected = tile.state == TileState::Connected;
    connected.then(|| among.iter().find_map(of)).flatten()
}

/// Whether the peer holds a video back while connected, as its network does not carry it.
pub fn paused(tile: &TileView, video: Source) -> bool {
    tile.state == TileState::Connected && tile.paused.contains(&video)
}

/// Whether to offer the user another attempt.
pub fn retries(state: TileState, stall: Option<StallView>) -> bool {
    state == TileState::Failed || stall.is_some_and(|stall| stall.given_up)
}

/// The text for a connection's state; `None` when all is well.
pub fn words(t: &Texts, state: TileState, stall: Option<StallView>, name: &str) -> Option<String> {
    match state {
        TileState::Connected => stall.map(|stall| stalled(t, stall).to_owned()),
        TileState::Connecting => Some(t.tile_connecting.to_owned()),
        TileState::Reconnecting => Some(t.tile_reconnecting.to_owned()),
        TileState::Failed => Some(fill(t.tile_failed, &[("name", name)])),
    }
}

fn stalled(t: &Texts, stall: StallView) -> &'static str {
    match (stall.source.is_sound(), stall.given_up) {
        (false, false) => t.video_frozen,
        (false, true) => t.video_frozen_given_up,
        (true, false) => t.sound_missing,
        (true, true) => t.sound_missing_given_up,
    }
}

/// The state's name in the style sheet and in tests.
pub fn kind(state: TileState) -> &'static str {
    match state {
        TileState::Connecting => "connecting",
        TileState::Connected => "connected",
        TileState::Reconnecting => "reconnecting",
        TileState::Failed => "failed",
    }
}
