//! The buttons below the tiles.

use call_core::{CallIntent, ScreenIntent, ScreenView};
use leptos::prelude::*;

use super::devices::Devices;
use crate::components::common::Icon;
use crate::components::devices::{CameraToggle, MicrophoneToggle};
use crate::platform::can_share_screen;
use crate::text::{fill, use_text};
use crate::views::{use_call, use_dispatch, use_media};

/// Microphone, camera, devices, screen, joining the conference, and leaving all calls.
#[component]
pub fn Controls() -> impl IntoView {
    let (text, call, media, dispatch) = (use_text(), use_call(), use_media(), use_dispatch());
    let conference = Memo::new(move |_| call.with(|call| call.in_conference));
    let others = Memo::new(move |_| call.with(|call| call.conference_others));
    let calls = Memo::new(move |_| call.with(|call| call.in_conference || !call.tiles.is_empty()));
    let sharing = Memo::new(move |_| media.with(|media| matches!(media.screen, ScreenView::On { .. })));
    // No button where the browser cannot share a screen, as on phones.
    let shares = can_share_screen();
    let share = move || {
        if sharing.get() {
            text.now().screen_stop
        } else {
            text.now().screen_share
        }
    };
    let join = move || match others.get() {
        0 => text.now().join_everyone.to_owned(),
        others => fill(text.now().join_everyone_count, &[("count", &others.to_string())]),
    };
    view! {
        <div class="controls" role="group" aria-label=text.of(|t| t.devices)>
            <MicrophoneToggle />
            <CameraToggle />
            <Devices />
            <Show when=move || calls.get() && shares>
                <button
                    type="button"
                    class="button is-control"
                    class:is-pressed=sharing
                    aria-label=share
                    title=share
                    on:click=move |_| {
                        let on = sharing.get_untracked();
                        dispatch.send(if on { ScreenIntent::Stop } else { ScreenIntent::Share });
                    }
                >
                    {move || if sharing.get() { Icon::SCREEN_OFF } else { Icon::SCREEN }.into_render()}
                </button>
            </Show>
            <Show when=move || !conference.get()>
                <button
                    type="button"
                    class="button is-control is-join"
                    on:click=move |_| dispatch.send(CallIntent::JoinConference)
                >
                    {Icon::EVERYONE.into_render()}
                    <span>{join}</span>
                </button>
            </Show>
            <Show when=move || calls.get()>
                <button
                    type="button"
                    class="button is-control is-hang-up"
                    on:click=move |_| dispatch.send(CallIntent::HangUpAll)
                >
                    {Icon::HANG_UP.into_render()}
                    <span>{text.of(|t| t.hang_up_all)}</span>
                </button>
            </Show>
        </div>
    }
}
