//! The actual settings of the open devices' tracks, which may differ from those requested.

use call_core::{Device, OpenDevice};
use leptos::prelude::*;

use crate::text::{settings as words, use_text};
use crate::views::use_media;

/// One list per open device, with the values that the browser reports.
#[component]
pub fn Settings() -> impl IntoView {
    let (text, media) = (use_text(), use_media());
    let open = Memo::new(move |_| media.with(|media| media.open.clone()));
    view! {
        <section class="lab-part" aria-labelledby="settings-title">
            <h2 id="settings-title">{text.of(|t| t.settings_title)}</h2>
            <Show when=move || open.with(Vec::is_empty)>
                <p class="lab-hint">{text.of(|t| t.settings_none)}</p>
            </Show>
            {move || {
                open.get().into_iter().map(|device| view! { <One device=device /> }).collect_view()
            }}
        </section>
    }
}

#[component]
fn One(device: OpenDevice) -> impl IntoView {
    let text = use_text();
    let kind = device.device;
    let name = move || {
        let t = text.now();
        match kind {
            Device::Camera => t.camera,
            Device::Microphone => t.microphone,
        }
    };
    let rows = move || {
        let rows = words::rows(text.now(), &device).into_iter();
        rows.map(|(what, is)| view! { <div><dt>{what}</dt><dd>{is}</dd></div> })
            .collect_view()
    };
    view! {
        <h3>{name}</h3>
        <dl class="lab-settings">{rows}</dl>
    }
}
