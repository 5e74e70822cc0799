//! The volume of one peer.

use call_core::StageIntent;
use leptos::prelude::*;
use protocol::ParticipantId;

use crate::components::common::{Icon, Popover};
use crate::text::{fill, use_text};
use crate::views::{use_call, use_dispatch};

/// A peer's volume, from 0 to 100; 100 for a peer who has left.
pub fn use_volume(peer: ParticipantId) -> Memo<u8> {
    let call = use_call();
    Memo::new(move |_| {
        call.with(|call| {
            let tile = call.tiles.iter().find(|tile| tile.peer == peer);
            tile.map_or(100, |tile| tile.volume)
        })
    })
}

/// The volume slider.
#[component]
pub fn Volume(peer: ParticipantId, person: String) -> impl IntoView {
    let (text, dispatch, volume) = (use_text(), use_dispatch(), use_volume(peer));
    let label = Signal::derive(move || fill(text.now().volume_of, &[("name", &person)]));
    let percent = move || format!("{} %", volume.get());
    let set = move |event| {
        if let Ok(percent) = event_target_value(&event).parse() {
            dispatch.send(StageIntent::SetVolume { peer, percent });
        }
    };
    view! {
        <div class="volume">
            {move || if volume.get() == 0 { Icon::SPEAKER_OFF } else { Icon::SPEAKER }.into_render()}
            <input
                type="range"
                min="0"
                max="100"
                step="5"
                aria-label=label
                aria-valuetext=percent
                prop:value=move || volume.get().to_string()
                on:input=set
            />
            <output aria-hidden="true">{percent}</output>
        </div>
    }
}

/// A button in the tile that opens the slider.
#[component]
pub fn VolumeButton(peer: ParticipantId, person: String) -> impl IntoView {
    let text = use_text();
    let (name, id) = (person.clone(), format!("volume-{}", peer.0));
    let label = Signal::derive(move || fill(text.now().volume_change, &[("name", &name)]));
    let volume = use_volume(peer);
    view! {
        <button
            type="button"
            class="button is-icon tile-volume"
            popovertarget=id.clone()
            aria-label=label
            title=label
        >
            {move || if volume.get() == 0 { Icon::SPEAKER_OFF } else { Icon::SPEAKER }.into_render()}
        </button>
        <Popover id=id class="volume-popover">
            <Volume peer=peer person=person.clone() />
        </Popover>
    }
}
