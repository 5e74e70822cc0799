//! Pictures that somebody else pauses play on, and one button starts those that may not.

use call_core::{DeviceView, MediaView, View};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventTarget, HtmlMediaElement};

use crate::face::{Face, in_room};
use crate::probe;
use crate::support::{turn, until};

const BUTTON: &str = "Play sound and video";

/// Ann's page with her own picture, in a browser that lets it play or not.
async fn page(allowed: bool) -> (Face, HtmlMediaElement) {
    probe::begin();
    probe::allow_playing(allowed);
    let face = Face::with_camera(View {
        media: MediaView {
            camera: DeviceView::On,
            ..MediaView::default()
        }
        .into(),
        ..in_room()
    });
    until("a picture", || face.find(".tile.is-own video").is_some()).await;
    let video = face.find(".tile.is-own video").expect("there").unchecked_into();
    (face, video)
}

/// The same, and it plays.
async fn playing() -> (Face, HtmlMediaElement) {
    let (face, video) = page(true).await;
    until("it plays", || !video.paused() && video.ready_state() >= 3).await;
    assert!(face.button(BUTTON).is_none());
    (face, video)
}

/// The picture is paused, and the browser refuses to go on with it until the user is asked.
async fn stands_still(face: &Face, video: &HtmlMediaElement) {
    probe::allow_playing(false);
    video.pause().expect("paused");
    until("the button", || face.button(BUTTON).is_some()).await;
    assert!(video.paused());
    probe::allow_playing(true);
}

/// Somebody pauses the picture so often that it is left to the user.
async fn insist(face: &Face, video: &HtmlMediaElement) {
    for _ in 0..4 {
        video.pause().expect("paused");
        turn().await;
    }
    until("the button", || video.paused() && face.button(BUTTON).is_some()).await;
}

async fn click_plays(face: &Face, video: &HtmlMediaElement) {
    face.click(BUTTON);
    until("it plays again", || !video.paused()).await;
    until("the button goes", || face.button(BUTTON).is_none()).await;
}

#[wasm_bindgen_test]
async fn what_is_paused_plays_on_by_itself() {
    let (face, video) = playing().await;
    video.pause().expect("paused");
    until("it plays again", || !video.paused()).await;
    until("nothing is asked", || face.button(BUTTON).is_none()).await;
}

#[wasm_bindgen_test]
async fn one_button_starts_what_may_not_play() {
    let (face, video) = playing().await;
    stands_still(&face, &video).await;
    click_plays(&face, &video).await;
}

#[wasm_bindgen_test]
async fn button_starts_what_never_was_allowed_to_play() {
    let (face, video) = page(false).await;
    until("the button", || face.button(BUTTON).is_some()).await;
    assert!(video.paused());
    probe::allow_playing(true);
    click_plays(&face, &video).await;
}

#[wasm_bindgen_test]
async fn a_pause_that_somebody_insists_on_is_left_to_the_user() {
    let (face, video) = playing().await;
    insist(&face, &video).await;
    turn().await;
    assert!(video.paused(), "four times within ten seconds");
    click_plays(&face, &video).await;
    // The pauses before the click are forgiven.
    for time in 1..=3 {
        video.pause().expect("paused");
        until(&format!("it plays on, {time}"), || !video.paused()).await;
    }
}

#[wasm_bindgen_test]
async fn what_stands_still_plays_on_when_the_page_is_back_or_used() {
    let (face, video) = playing().await;
    let (window, page): (EventTarget, EventTarget) = (window().into(), document().into());
    for (target, name) in [
        (&window, "focus"),
        (&page, "visibilitychange"),
        (&page, "click"),
        (&page, "keydown"),
    ] {
        stands_still(&face, &video).await;
        let event = Event::new(name).expect("an event");
        target.dispatch_event(&event).expect("told");
        until(name, || !video.paused()).await;
        until("the button goes", || face.button(BUTTON).is_none()).await;
    }
}
