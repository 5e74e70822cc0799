//! Selection of camera, microphone and speaker.

use call_core::{DeviceIntent, DeviceKind, ListedDevice};
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::platform::can_choose_speaker;
use crate::text::{fill, use_text};
use crate::views::{use_dispatch, use_media};

/// A list per kind of device, and a test sound for the speaker.
#[component]
pub fn Pickers() -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    view! {
        <div class="pickers">
            <Picker kind=DeviceKind::Camera />
            <Picker kind=DeviceKind::Microphone />
            {can_choose_speaker().then(|| view! { <Picker kind=DeviceKind::Speaker /> })}
            <button type="button" class="button" on:click=move |_| dispatch.send(DeviceIntent::TestSpeaker)>
                {Icon::SPEAKER.into_render()}
                {text.of(|t| t.test_sound)}
            </button>
            <HideAddress />
        </div>
    }
}

/// Whether calls use relays only.
#[component]
fn HideAddress() -> impl IntoView {
    let (text, media, dispatch) = (use_text(), use_media(), use_dispatch());
    let hidden = Memo::new(move |_| media.with(|media| media.hide_address));
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=move || hidden.get()
                on:change=move |event| dispatch.send(DeviceIntent::HideAddress(event_target_checked(&event)))
            />
            <span>
                {text.of(|t| t.hide_address)}
                <small>{text.of(|t| t.hide_address_hint)}</small>
            </span>
        </label>
    }
}

/// The devices of one kind; disabled until the browser reveals their names.
#[component]
fn Picker(kind: DeviceKind) -> impl IntoView {
    let (text, media, dispatch) = (use_text(), use_media(), use_dispatch());
    let listed = Memo::new(move |_| media.with(|media| of_kind(&media.listed, kind)));
    let selected = Memo::new(move |_| {
        media.with(|media| match kind {
            DeviceKind::Camera => media.selected.camera.clone(),
            DeviceKind::Microphone => media.selected.microphone.clone(),
            DeviceKind::Speaker => media.selected.speaker.clone(),
        })
    });
    let label = move || {
        let t = text.now();
        match kind {
            DeviceKind::Camera => t.camera,
            DeviceKind::Microphone => t.microphone,
            DeviceKind::Speaker => t.speaker,
        }
    };
    let nothing = Memo::new(move |_| listed.with(Vec::is_empty));
    let by_system = Memo::new(move |_| {
        media.with(|media| match kind {
            DeviceKind::Camera => media.by_system.camera,
            DeviceKind::Microphone => media.by_system.microphone,
            DeviceKind::Speaker => media.by_system.speaker,
        })
    });
    // The label of the device in use; browsers do not report that of a speaker.
    let used = Memo::new(move |_| {
        media.with(|media| {
            let open = media
                .open
                .iter()
                .find(|open| DeviceKind::from(open.device) == kind);
            open.map(|open| open.label.clone())
                .filter(|label| !label.is_empty())
        })
    });
    let system_default = move || match used.get().filter(|_| by_system.get()) {
        Some(device) => fill(text.now().device_default_named, &[("device", &device)]),
        None => text.now().device_default.to_owned(),
    };
    // Whether the chosen device is not listed; its replacement is not known before it is on.
    let unknown = Memo::new(move |_| {
        let chosen = selected.get();
        !by_system.get()
            && !listed.with(|listed| listed.iter().any(|device| Some(&device.id) == chosen.as_ref()))
    });
    let is_chosen = move |id: &str| !by_system.get() && selected.get().as_deref() == Some(id);
    view! {
        <label class="picker">
            <span>{label}</span>
            <select
                disabled=move || nothing.get()
                on:change=move |event| {
                    dispatch.send(DeviceIntent::Choose(kind, event_target_value(&event)));
                }
            >
                <option value="" prop:selected=move || by_system.get() || unknown.get()>
                    {system_default}
                </option>
                <For each=move || listed.get() key=|device| (device.id.clone(), device.label.clone()) let:device>
                    {
                        let id = device.id.clone();
                        view! {
                            <option value=device.id prop:selected=move || is_chosen(&id)>
                                {device.label}
                            </option>
                        }
                    }
                </For>
            </select>
        </label>
    }
}

fn of_kind(listed: &[ListedDevice], kind: DeviceKind) -> Vec<ListedDevice> {
    let named = |device: &&ListedDevice| device.kind == kind && !device.id.is_empty();
    listed.iter().filter(named).cloned().collect()
}
