//! Pictures that somebody else pauses play on, and one button starts those that may not.

use call_core::{DeviceView, MediaView, View};
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlMediaElement;

use crate::face::{Face, in_room};
use crate::support::{turn, until};

const BUTTON: &str = "Play sound and video";

/// Ann's page, on which her own picture plays.
async fn playing() -> (Face, HtmlMediaElement) {
    let face = Face::with_camera(View {
        media: MediaView {
            camera: DeviceView::On,
            ..MediaView::default()
        },
        ..in_room()
    });
    until("a picture", || face.find(".tile.is-own video").is_some()).await;
    let video: HtmlMediaElement = face.find(".tile.is-own video").expect("there").unchecked_into();
    until("it plays", || !video.paused() && video.ready_state() >= 3).await;
    assert!(face.button(BUTTON).is_none());
    (face, video)
}

/// The browser lets the element play, or not.
fn allow(video: &HtmlMediaElement, allowed: bool) {
    let code = if allowed {
        "delete video.play"
    } else {
        "video.play = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    };
    Function::new_with_args("video", code)
        .call1(&wasm_bindgen::JsValue::NULL, video)
        .expect("done");
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
    allow(&video, false);
    video.pause().expect("paused");
    until("the button", || face.button(BUTTON).is_some()).await;
    assert!(video.paused());
    allow(&video, true);
    face.click(BUTTON);
    until("it plays again", || !video.paused()).await;
    until("the button goes", || face.button(BUTTON).is_none()).await;
}

#[wasm_bindgen_test]
async fn a_pause_that_somebody_insists_on_is_left_to_the_user() {
    let (face, video) = playing().await;
    for _ in 0..4 {
        video.pause().expect("paused");
        turn().await;
    }
    until("the button", || video.paused() && face.button(BUTTON).is_some()).await;
    turn().await;
    assert!(video.paused(), "four times within ten seconds");
    face.click(BUTTON);
    until("it plays again", || !video.paused()).await;
}

#[wasm_bindgen_test]
async fn a_page_that_has_the_focus_again_plays_on() {
    let (face, video) = playing().await;
    allow(&video, false);
    video.pause().expect("paused");
    until("the button", || face.button(BUTTON).is_some()).await;
    allow(&video, true);
    let focus = web_sys::Event::new("focus").expect("an event");
    web_sys::window()
        .expect("a window")
        .dispatch_event(&focus)
        .expect("told");
    until("it plays again", || !video.paused()).await;
}
