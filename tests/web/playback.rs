//! Paused video resumes, and one button starts what the browser blocks.

use call_core::{DeviceView, MediaView, View};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventTarget, HtmlMediaElement};

use crate::probe;
use crate::support::{turn, until};
use crate::test_app::{TestApp, in_room};

const BUTTON: &str = "Play sound and video";

/// Ann's page with her own video, in a browser that allows playback or not.
async fn page(allowed: bool) -> (TestApp, HtmlMediaElement) {
    probe::begin();
    probe::allow_playing(allowed);
    let app = TestApp::with_camera(View {
        media: MediaView {
            camera: DeviceView::On,
            ..MediaView::default()
        }
        .into(),
        ..in_room()
    });
    until("the video", || app.find(".tile.is-own video").is_some()).await;
    let video = app.find(".tile.is-own video").expect("there").unchecked_into();
    (app, video)
}

/// The same page, once the video plays.
async fn playing() -> (TestApp, HtmlMediaElement) {
    let (app, video) = page(true).await;
    until("the video to play", || {
        !video.paused() && video.ready_state() >= 3
    })
    .await;
    assert!(app.button(BUTTON).is_none());
    (app, video)
}

/// Pauses the video in a browser that refuses to resume it until there is user input.
async fn stands_still(app: &TestApp, video: &HtmlMediaElement) {
    probe::allow_playing(false);
    video.pause().expect("paused");
    until("the button", || app.button(BUTTON).is_some()).await;
    assert!(video.paused());
    probe::allow_playing(true);
}

/// Pauses the video often enough to leave resuming to the user.
async fn insist(app: &TestApp, video: &HtmlMediaElement) {
    for _ in 0..4 {
        video.pause().expect("paused");
        turn().await;
    }
    until("the button", || video.paused() && app.button(BUTTON).is_some()).await;
}

async fn click_plays(app: &TestApp, video: &HtmlMediaElement) {
    app.click(BUTTON);
    until("the video to play again", || !video.paused()).await;
    until("the button to disappear", || app.button(BUTTON).is_none()).await;
}

#[wasm_bindgen_test]
async fn paused_video_resumes() {
    let (app, video) = playing().await;
    video.pause().expect("paused");
    until("the video to play again", || !video.paused()).await;
    until("no button", || app.button(BUTTON).is_none()).await;
}

#[wasm_bindgen_test]
async fn button_resumes_blocked_video() {
    let (app, video) = playing().await;
    stands_still(&app, &video).await;
    click_plays(&app, &video).await;
}

#[wasm_bindgen_test]
async fn button_starts_blocked_autoplay() {
    let (app, video) = page(false).await;
    until("the button", || app.button(BUTTON).is_some()).await;
    assert!(video.paused());
    probe::allow_playing(true);
    click_plays(&app, &video).await;
}

#[wasm_bindgen_test]
async fn repeated_pause_is_left_to_user() {
    let (app, video) = playing().await;
    insist(&app, &video).await;
    turn().await;
    assert!(video.paused(), "four times within ten seconds");
    click_plays(&app, &video).await;
    // Pauses before the click no longer count.
    for time in 1..=3 {
        video.pause().expect("paused");
        until(&format!("the video to play again, {time}"), || !video.paused()).await;
    }
}

#[wasm_bindgen_test]
async fn blocked_video_resumes_on_focus_or_input() {
    let (app, video) = playing().await;
    let (window, page): (EventTarget, EventTarget) = (window().into(), document().into());
    for (target, name) in [
        (&window, "focus"),
        (&page, "visibilitychange"),
        (&page, "click"),
        (&page, "keydown"),
    ] {
        stands_still(&app, &video).await;
        let event = Event::new(name).expect("an event");
        target.dispatch_event(&event).expect("dispatched");
        until(name, || !video.paused()).await;
        until("the button to disappear", || app.button(BUTTON).is_none()).await;
    }
}
