//! Choice of the speaker that an element plays through, where supported (W3C Audio Output Devices §2).

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlMediaElement;

const CHOOSE: &str = "setSinkId";

/// Whether the browser can play through a speaker other than the system default.
pub fn can_choose_speaker() -> bool {
    let element = Reflect::get(&window(), &"HTMLMediaElement".into());
    element
        .and_then(|element| Reflect::get(&element, &"prototype".into()))
        .is_ok_and(|prototype| Reflect::has(&prototype, &CHOOSE.into()).unwrap_or(false))
}

/// Plays an element through the speaker with this id; an empty id is the system default. The promise is
/// rejected when that speaker is unavailable: then the element keeps its current one. `None` where the
/// browser cannot choose.
pub fn play_by(element: &HtmlMediaElement, speaker: &str) -> Option<Promise> {
    let choose = Reflect::get(element, &CHOOSE.into()).ok()?;
    let choose: &Function = choose.dyn_ref()?;
    let chosen: JsValue = choose.call1(element, &speaker.into()).ok()?;
    chosen.dyn_into().ok()
}
