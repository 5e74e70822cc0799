//! The device test: the devices, a recording, and a verdict on each part.

use call_core::{DeviceView, LabIntent};
use leptos::prelude::*;

use super::frame::Frame;
use super::recording::Recording;
use super::settings::Settings;
use super::verdicts::Verdicts;
use crate::components::call::OwnTile;
use crate::components::common::Icon;
use crate::components::devices::{LevelMeter, Pickers};
use crate::text::use_text;
use crate::views::{use_dispatch, use_lab, use_media};

/// The page of the device test.
#[component]
pub fn SetUp() -> impl IntoView {
    view! {
        <Frame title=|t| t.lab_set_up intro=|t| t.lab_set_up_intro>
            <div class="lab-set-up">
                <div class="lab-column">
                    <Capture />
                    <Recording />
                </div>
                <div class="lab-column">
                    <Verdicts />
                    <Settings />
                </div>
            </div>
        </Frame>
    }
}

/// Turns devices on and off, with preview, level and choice of devices.
#[component]
fn Capture() -> impl IntoView {
    let (text, media, dispatch) = (use_text(), use_media(), use_dispatch());
    let used = Memo::new(move |_| media.with(|media| media.camera.is_used() || media.microphone.is_used()));
    let both = Memo::new(move |_| {
        media.with(|media| media.camera == DeviceView::On && media.microphone == DeviceView::On)
    });
    view! {
        <section class="lab-part" aria-labelledby="capture-title">
            <h2 id="capture-title">{text.of(|t| t.capture_title)}</h2>
            <div class="lab-controls">
                <button
                    type="button"
                    class="button is-main"
                    disabled=move || both.get()
                    on:click=move |_| dispatch.send(LabIntent::StartCapture)
                >
                    {Icon::CAMERA.into_render()}
                    {text.of(|t| t.capture_start)}
                </button>
                <button
                    type="button"
                    class="button"
                    disabled=move || !used.get()
                    on:click=move |_| dispatch.send(LabIntent::StopCapture)
                >
                    {Icon::CAMERA_OFF.into_render()}
                    {text.of(|t| t.capture_stop)}
                </button>
            </div>
            <div class="lab-preview stage-colours">
                <OwnTile preview=true />
            </div>
            <LevelMeter />
            <Pickers />
            <Heard />
        </section>
    }
}

/// Asks whether the test sound was audible: browsers cannot tell.
#[component]
fn Heard() -> impl IntoView {
    let (text, lab, dispatch) = (use_text(), use_lab(), use_dispatch());
    let asks = Memo::new(move |_| lab.with(|lab| lab.set_up.ask_heard));
    let answer = move |heard: bool| dispatch.send(LabIntent::HeardTestSound(heard));
    view! {
        <Show when=move || asks.get()>
            <div class="lab-controls" role="group" aria-labelledby="heard-question">
                <p id="heard-question" role="status">{text.of(|t| t.heard_question)}</p>
                <button type="button" class="button" on:click=move |_| answer(true)>{text.of(|t| t.heard_yes)}</button>
                <button type="button" class="button" on:click=move |_| answer(false)>{text.of(|t| t.heard_no)}</button>
            </div>
        </Show>
    }
}
