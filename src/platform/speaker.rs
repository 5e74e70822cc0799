//! By which speaker an element plays, where the browser lets the user choose (W3C Audio Output Devices §2).

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlMediaElement;

const CHOOSE: &str = "setSinkId";

/// Whether the browser can play by another speaker than the system's.
pub fn can_choose_speaker() -> bool {
    let element = Reflect::get(&window(), &"HTMLMediaElement".into());
    element
        .and_then(|element| Reflect::get(&element, &"prototype".into()))
        .is_ok_and(|prototype| Reflect::has(&prototype, &CHOOSE.into()).unwrap_or(false))
}

/// Lets an element play by the speaker of an id; an empty one is the system's choice. The promise fails when
/// that is not to be had: then the element plays on as it did. Nothing where the browser cannot.
pub fn play_by(element: &HtmlMediaElement, speaker: &str) -> Option<Promise> {
    let choose = Reflect::get(element, &CHOOSE.into()).ok()?;
    let choose: &Function = choose.dyn_ref()?;
    let chosen: JsValue = choose.call1(element, &speaker.into()).ok()?;
    chosen.dyn_into().ok()
}
