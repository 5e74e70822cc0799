//! The microphone and camera buttons.

use call_core::{Device, DeviceIntent, DeviceView};
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::use_text;
use crate::views::{use_dispatch, use_media};

/// Mutes and unmutes the microphone.
#[component]
pub fn MicrophoneToggle() -> impl IntoView {
    let (text, media, dispatch) = (use_text(), use_media(), use_dispatch());
    let heard = Memo::new(move |_| media.with(|media| on(media.microphone) && !media.muted));
    let troubled = muted_by_system(Device::Microphone);
    let label = move || {
        let t = text.now();
        if heard.get() {
            t.microphone_mute
        } else {
            t.microphone_unmute
        }
    };
    view! {
        <button
            type="button"
            class="button is-control"
            class:is-off=move || !heard.get()
            class:is-troubled=move || troubled.get()
            aria-label=label
            title=label
            on:click=move |_| {
                let heard = heard.get_untracked();
                dispatch.send(if heard { DeviceIntent::MuteMicrophone } else { DeviceIntent::UnmuteMicrophone });
            }
        >
            {move || if heard.get() { Icon::MICROPHONE } else { Icon::MICROPHONE_OFF }.into_render()}
        </button>
    }
}

/// Turns the camera on and off.
#[component]
pub fn CameraToggle() -> impl IntoView {
    let (text, media, dispatch) = (use_text(), use_media(), use_dispatch());
    let seen = Memo::new(move |_| on(media.with(|media| media.camera)));
    let troubled = muted_by_system(Device::Camera);
    let label = move || {
        let t = text.now();
        if seen.get() { t.camera_stop } else { t.camera_start }
    };
    view! {
        <button
            type="button"
            class="button is-control"
            class:is-off=move || !seen.get()
            class:is-troubled=move || troubled.get()
            aria-label=label
            title=label
            on:click=move |_| {
                dispatch.send(if seen.get_untracked() { DeviceIntent::StopCamera } else { DeviceIntent::StartCamera });
            }
        >
            {move || if seen.get() { Icon::CAMERA } else { Icon::CAMERA_OFF }.into_render()}
        </button>
    }
}

/// Whether the system mutes a device that is on; its button still turns it off, but is marked.
fn muted_by_system(device: Device) -> Memo<bool> {
    let media = use_media();
    Memo::new(move |_| media.with(|media| media.muted_by_system.contains(&device)))
}

/// Whether a device is on or starting; its button then turns it off.
fn on(device: DeviceView) -> bool {
    matches!(device, DeviceView::On | DeviceView::Starting)
}
