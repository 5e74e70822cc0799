//! A short recording of the user, to be played back as others would see and hear it.

use call_core::{DeviceView, LabIntent, RecordingState};
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::use_text;
use crate::views::{use_dispatch, use_lab, use_media};

/// Buttons to record and stop, and the recording.
#[component]
pub fn Recording() -> impl IntoView {
    let (text, lab, media, dispatch) = (use_text(), use_lab(), use_media(), use_dispatch());
    let state = Memo::new(move |_| lab.with(|lab| lab.set_up.recording.clone()));
    let running = Memo::new(move |_| state.with(|state| matches!(state, RecordingState::Running(_))));
    let finishing = Memo::new(move |_| state.with(|state| matches!(state, RecordingState::Finishing(_))));
    let url = Memo::new(move |_| {
        state.with(|state| {
            if let RecordingState::Done { url } = state {
                Some(url.clone())
            } else {
                None
            }
        })
    });
    let on = Memo::new(move |_| {
        media.with(|media| media.camera == DeviceView::On || media.microphone == DeviceView::On)
    });
    let hint = move || {
        let t = text.now();
        match state.get() {
            RecordingState::Running(_) => t.recording_running,
            RecordingState::Finishing(_) => t.busy,
            RecordingState::Failed => t.recording_failed,
            RecordingState::Done { .. } => t.recording_done,
            RecordingState::None if on.get() => t.recording_hint,
            RecordingState::None => t.recording_needs_devices,
        }
    };
    view! {
        <section class="lab-part" aria-labelledby="recording-title">
            <h2 id="recording-title">{text.of(|t| t.recording_title)}</h2>
            <div class="lab-controls">
                <button
                    type="button"
                    class="button is-main"
                    disabled=move || !on.get() || running.get() || finishing.get()
                    on:click=move |_| dispatch.send(LabIntent::StartRecording)
                >
                    {Icon::RECORD.into_render()}
                    {text.of(|t| t.recording_start)}
                </button>
                <button
                    type="button"
                    class="button"
                    disabled=move || !running.get()
                    on:click=move |_| dispatch.send(LabIntent::StopRecording)
                >
                    {text.of(|t| t.recording_stop)}
                </button>
            </div>
            <p class="lab-hint" role="status">{hint}</p>
            {move || {
                url.get().map(|url| view! {
                    <div class="lab-recording" role="group" aria-label=text.of(|t| t.recording)>
                        <video src=url controls playsinline></video>
                    </div>
                })
            }}
        </section>
    }
}
