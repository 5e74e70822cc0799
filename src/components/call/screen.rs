//! Shared screens: those of others, and the user's own.

use call_core::{CallIntent, CallView, ScreenIntent, ScreenView, Source, TileView};
use leptos::prelude::*;

use super::sound::Sound;
use super::tile::{kind, paused, retries, stall, words};
use super::video::Video;
use super::volume::use_volume;
use crate::components::common::{Icon, follow};
use crate::text::{fill, use_text};
use crate::views::{use_call, use_dispatch, use_media, use_streams};

/// A peer's shared screen, shown whole, with its audio.
#[component]
pub fn Screen(tile: TileView) -> impl IntoView {
    let (text, streams, dispatch) = (use_text(), use_streams(), use_dispatch());
    let (peer, person) = (tile.peer, tile.name.to_string());
    let tile = follow(use_call(), tile, move |call: &CallView| {
        call.tiles.iter().find(|tile| tile.peer == peer).cloned()
    });
    let state = Memo::new(move |_| tile.with(|tile| tile.state));
    let stall = Memo::new(move |_| tile.with(|tile| stall(tile, &Source::OF_SCREEN)));
    let paused = Memo::new(move |_| tile.with(|tile| paused(tile, Source::Screen)));
    // The streams are created with the connection, so they are looked up at every change of the tile.
    let streams = move || streams.of(peer, tile.with(|tile| tile.epoch));
    let name = person.clone();
    let label = Signal::derive(move || fill(text.now().screen_of, &[("name", &name)]));
    let name = person.clone();
    view! {
        <div
            class="tile is-screen has-picture"
            role="group"
            aria-label=label
            data-state=move || kind(state.get())
            data-stalled=move || stall.get().map(|_| "")
            data-paused=move || paused.get().then_some("")
        >
            <Video stream=move || streams().map(|streams| streams.screen) />
            <Sound stream=move || streams().map(|streams| streams.screen_sound) volume=use_volume(peer) />
            <div class="tile-state">
                {move || {
                    let t = text.now();
                    words(t, state.get(), stall.get(), &name)
                        .or_else(|| paused.get().then(|| t.screen_paused.to_owned()))
                }}
                <Show when=move || stall.get().is_some() && retries(state.get(), stall.get())>
                    <button type="button" class="button" on:click=move |_| dispatch.send(CallIntent::RetryLink(peer))>
                        {text.of(|t| t.try_again)}
                    </button>
                </Show>
            </div>
            <div class="tile-foot">
                <span class="tile-name">
                    <span class="ellipsis">{label}</span>
                </span>
            </div>
        </div>
    }
}

/// The user's shared screen, as the others see it, and a button to stop sharing. Its audio is not played.
#[component]
pub fn OwnScreen() -> impl IntoView {
    let (text, media, streams, dispatch) = (use_text(), use_media(), use_streams(), use_dispatch());
    let screen = Memo::new(move |_| media.with(|media| media.screen));
    let stream = move || {
        screen.get();
        streams.own_screen()
    };
    let note = move || {
        let t = text.now();
        if screen.get() == (ScreenView::On { sound: true }) {
            t.screen_own_sound
        } else {
            t.screen_own_note
        }
    };
    view! {
        <div class="tile is-screen has-picture" role="group" aria-label=text.of(|t| t.screen_own)>
            <Video stream=stream />
            <div class="screen-note">
                <p>{note}</p>
                <button type="button" class="button" on:click=move |_| dispatch.send(ScreenIntent::Stop)>
                    {Icon::SCREEN_OFF.into_render()}
                    <span>{text.of(|t| t.screen_stop)}</span>
                </button>
            </div>
            <div class="tile-foot">
                <span class="tile-name">
                    <span class="ellipsis">{text.of(|t| t.screen_own)}</span>
                </span>
            </div>
        </div>
    }
}
