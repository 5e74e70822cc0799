//! The user's own video as the others see it, mirrored unless the camera faces away from the user.

use call_core::{Device, DeviceIntent, DeviceView, MediaError, OpenDevice, PageView};
use leptos::prelude::*;

use super::speaking::Speaking;
use super::video::Video;
use crate::components::common::{Icon, avatar};
use crate::text::{device, use_text};
use crate::views::{use_dispatch, use_media, use_page, use_speaking, use_streams};

/// The user's tile, in a call or as a preview before it. Device errors are shown here, with what to do about
/// them.
#[component]
pub fn OwnTile(#[prop(optional)] preview: bool) -> impl IntoView {
    let (text, media, page, streams) = (use_text(), use_media(), use_page(), use_streams());
    let camera = Memo::new(move |_| media.with(|media| media.camera));
    let microphone = Memo::new(move |_| media.with(|media| media.microphone));
    let by_system =
        move |device| Memo::new(move |_| media.with(|media| media.muted_by_system.contains(&device)));
    let (dark, silent) = (by_system(Device::Camera), by_system(Device::Microphone));
    // In a room, a notice reports this and the button is marked: a text here would cover the user's face, or
    // not fit.
    let before_room = move |muted: Memo<bool>| Memo::new(move |_| preview && muted.get());
    let muted = Memo::new(move |_| {
        let sent = media.with(|media| !media.muted && media.microphone == DeviceView::On);
        !sent || silent.get()
    });
    let mirrored = Signal::derive(move || {
        media.with(|media| {
            let mut open = media.open.iter();
            let camera = open.find(|open| open.device == Device::Camera);
            camera.is_none_or(OpenDevice::faces_user)
        })
    });
    let now = use_speaking();
    let speaking = Memo::new(move |_| !preview && now.with(|now| now.you));
    let name = Memo::new(move |_| {
        if let PageView::Room { name, .. } | PageView::Ready { name, .. } = page.get() {
            Some(name)
        } else {
            None
        }
    });
    let stream = move || {
        camera.get();
        streams.own()
    };
    let starting = move || camera.get() == DeviceView::Starting || microphone.get() == DeviceView::Starting;
    view! {
        <div
            class="tile is-own"
            role="group"
            aria-label=move || {
                let t = text.now();
                if preview { t.preview } else { t.you_tile }
            }
            data-speaking=move || speaking.get().then_some("")
            class:has-picture=move || camera.get() == DeviceView::On && !dark.get()
        >
            <Video stream=stream own=true mirrored=mirrored />
            {move || name.get().map(|name| avatar(&name))}
            <div class="tile-state">
                {move || starting().then(|| text.now().device_starting)}
                <Problem device=Device::Camera state=camera muted=before_room(dark) />
                <Problem device=Device::Microphone state=microphone muted=before_room(silent) />
            </div>
            <div class="tile-foot">
                <span class="tile-name">
                    <Speaking speaking=speaking />
                    <Show when=move || muted.get()>
                        <span class="tile-mark">
                            {Icon::MICROPHONE_OFF.into_render()}
                            <span class="out-of-sight">{text.of(|t| t.muted)}</span>
                        </span>
                    </Show>
                    <span class="ellipsis">{text.of(|t| t.you_tile)}</span>
                </span>
            </div>
        </div>
    }
}

/// Why a device does not work, or sends nothing, with a button to try again where that can help.
#[component]
fn Problem(device: Device, state: Memo<DeviceView>, muted: Memo<bool>) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let again = DeviceIntent::start(device);
    move || {
        let (words, can_help) = match state.get() {
            DeviceView::Failed(error) => (
                device::error(text.now(), device, error),
                error != MediaError::Insecure,
            ),
            DeviceView::On if muted.get() => (device::muted_by_system(text.now(), device), true),
            DeviceView::On | DeviceView::Off | DeviceView::Starting => return None,
        };
        let again = again.clone();
        let button = can_help.then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| dispatch.send(again.clone())>
                    {text.of(|t| t.try_again)}
                </button>
            }
        });
        Some(view! {
            <p>{words}</p>
            {button}
        })
    }
}
