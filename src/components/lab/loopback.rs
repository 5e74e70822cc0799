//! A call within the page: its buttons, and the video of both ends.

use call_core::{DeviceView, LabIntent, LoopbackState};
use leptos::prelude::*;

use super::end::EndPicture;
use crate::components::common::Icon;
use crate::text::use_text;
use crate::views::{use_dispatch, use_lab, use_media, use_streams};

/// The buttons Start, Call and Hang up, each enabled when it applies; and the video sent by the local end
/// beside that received by the remote end.
#[component]
pub fn Loopback() -> impl IntoView {
    let (text, lab, dispatch) = (use_text(), use_lab(), use_dispatch());
    let (media, streams) = (use_media(), use_streams());
    let state = Memo::new(move |_| lab.with(|lab| lab.loopback.state));
    let arrives = Memo::new(move |_| lab.with(|lab| lab.loopback.arrives));
    let camera = Memo::new(move |_| media.with(|media| media.camera));
    let connected = move || state.get() == LoopbackState::Connected;
    let hint = move || {
        let t = text.now();
        match state.get() {
            LoopbackState::Idle => t.loopback_idle,
            LoopbackState::Starting => t.device_starting,
            LoopbackState::Ready => t.loopback_ready,
            LoopbackState::Calling => t.loopback_calling,
            LoopbackState::Connected => t.loopback_connected,
        }
    };
    let sent = move || {
        camera.get();
        streams.own()
    };
    let received = move || {
        // The streams are created with the connection, so they are looked up at every change of the state.
        state.get();
        let (peer, epoch) = arrives.get()?;
        streams.of(peer, epoch).map(|streams| streams.picture)
    };
    view! {
        <section class="lab-part" aria-labelledby="loopback-title">
            <h2 id="loopback-title">{text.of(|t| t.loopback_title)}</h2>
            <div class="lab-controls">
                <button
                    type="button"
                    class="button is-main"
                    disabled=move || state.get() != LoopbackState::Idle
                    on:click=move |_| dispatch.send(LabIntent::StartLoopback)
                >
                    {Icon::CAMERA.into_render()}
                    {text.of(|t| t.loopback_start)}
                </button>
                <button
                    type="button"
                    class="button is-main"
                    disabled=move || state.get() != LoopbackState::Ready
                    on:click=move |_| dispatch.send(LabIntent::CallLoopback)
                >
                    {Icon::CALL.into_render()}
                    {text.of(|t| t.loopback_call)}
                </button>
                <button
                    type="button"
                    class="button is-danger"
                    disabled=move || state.get() == LoopbackState::Idle
                    on:click=move |_| dispatch.send(LabIntent::HangUpLoopback)
                >
                    {Icon::HANG_UP.into_render()}
                    {text.of(|t| t.loopback_hang_up)}
                </button>
            </div>
            <p class="lab-hint" role="status">{hint}</p>
            <div class="lab-ends">
                <EndPicture
                    label=|t| t.this_end
                    stream=sent
                    shown=Signal::derive(move || camera.get() == DeviceView::On)
                />
                <EndPicture
                    label=|t| t.that_end
                    stream=received
                    shown=Signal::derive(move || connected() && camera.get() == DeviceView::On)
                />
            </div>
        </section>
    }
}
