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

#[wasm_bindgen_test]
async fn whatever_the_user_does_in_the_page_plays_on() {
    let (face, video) = playing().await;
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a page");
    for name in ["visibilitychange", "click", "keydown"] {
        allow(&video, false);
        video.pause().expect("paused");
        until("the button", || face.button(BUTTON).is_some()).await;
        allow(&video, true);
        let event = web_sys::Event::new(name).expect("an event");
        document.dispatch_event(&event).expect("told");
        until(name, || !video.paused()).await;
        until("the button goes", || face.button(BUTTON).is_none()).await;
    }
}

#[wasm_bindgen_test]
async fn button_forgives_the_pauses_before_it() {
    let (face, video) = playing().await;
    for _ in 0..4 {
        video.pause().expect("paused");
        turn().await;
    }
    until("the button", || video.paused() && face.button(BUTTON).is_some()).await;
    face.click(BUTTON);
    until("it plays again", || !video.paused()).await;
    for time in 1..=3 {
        video.pause().expect("paused");
        until(&format!("it plays on, {time}"), || !video.paused()).await;
    }
}

/// Every element is refused to play from now on, as where the browser allows no autoplay.
const NO_AUTOPLAY: &str = "
    const was = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
    window.allowAutoplay = () => Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', was);
    Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
        configurable: true,
        get: was.get,
        set(stream) {
            this.removeAttribute('autoplay');
            this.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));
            was.set.call(this, stream);
        },
    });";

#[wasm_bindgen_test]
async fn button_starts_what_never_was_allowed_to_play() {
    js_sys::eval(&format!("{{ {NO_AUTOPLAY} }}")).expect("refused");
    let face = Face::with_camera(View {
        media: MediaView {
            camera: DeviceView::On,
            ..MediaView::default()
        },
        ..in_room()
    });
    until("the button", || face.button(BUTTON).is_some()).await;
    js_sys::eval("window.allowAutoplay()").expect("put back");
    let video: HtmlMediaElement = face.find(".tile.is-own video").expect("there").unchecked_into();
    assert!(video.paused());
    allow(&video, true);
    face.click(BUTTON);
    until("it plays", || !video.paused()).await;
    until("the button goes", || face.button(BUTTON).is_none()).await;
}
