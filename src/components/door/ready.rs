//! The page before a room: preview, microphone level and choice of devices.

use call_core::{PageView, RoomIntent};
use leptos::html::Button;
use leptos::prelude::*;
use web_sys::FocusOptions;

use super::card::Frame;
use crate::components::account::use_guest;
use crate::components::call::OwnTile;
use crate::components::common::Boundary;
use crate::components::devices::{CameraToggle, LevelMeter, MicrophoneToggle, Pickers};
use crate::text::{fill, moderation, use_text};
use crate::views::{use_dispatch, use_page};

/// The page of a user who is about to join a room.
#[component]
pub fn Ready() -> impl IntoView {
    let (text, page, dispatch) = (use_text(), use_page(), use_dispatch());
    let slice = Memo::new(move |_| {
        if let PageView::Ready { room, name } = page.get() {
            (room.to_string(), name.to_string())
        } else {
            (String::new(), String::new())
        }
    });
    let guest = use_guest();
    let enter = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(enter) = enter.get() {
            // Without scrolling: on a small screen the preview comes first. If the focus is refused, the
            // button still works by pointer.
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = enter.focus_with_options(&options);
        }
    });
    view! {
        <Frame>
            <div class="ready">
                <div class="ready-look">
                    <div class="ready-preview stage-colours">
                        <Boundary>
                            <OwnTile preview=true />
                        </Boundary>
                    </div>
                    <div class="ready-toggles stage-colours">
                        <MicrophoneToggle />
                        <CameraToggle />
                    </div>
                    <LevelMeter />
                </div>
                <div class="card ready-card">
                    <h1>{move || slice.with(|slice| fill(text.now().ready_title, &[("room", &slice.0)]))}</h1>
                    <p class="ready-who">
                        {move || slice.with(|slice| moderation::signed_in_as(text.now(), &slice.1, guest.get()))}
                    </p>
                    <Pickers />
                    <div class="ready-ways">
                    <button
                        node_ref=enter
                        type="button"
                        class="button is-main is-wide"
                        on:click=move |_| dispatch.send(RoomIntent::EnterPrepared)
                    >
                        {text.of(|t| t.enter_room)}
                    </button>
                    <button
                        type="button"
                        class="button is-wide"
                        on:click=move |_| dispatch.send(RoomIntent::Leave)
                    >
                        {text.of(|t| t.another_room)}
                    </button>
                    </div>
                </div>
            </div>
        </Frame>
    }
}
