//! Detects which browser features the app can use.

use call_core::Capabilities;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::browser;
use crate::platform::{can_choose_speaker, can_share_screen};

pub(super) fn look() -> Capabilities {
    let Ok(window) = browser::window() else {
        return Capabilities::default();
    };
    let devices = Reflect::get(&window.navigator(), &"mediaDevices".into()).unwrap_or_default();
    Capabilities {
        secure: window.is_secure_context(),
        devices: is_function(&devices, "getUserMedia"),
        connections: is_function(&window, "RTCPeerConnection"),
        screen: can_share_screen(),
        speaker_choice: can_choose_speaker(),
        recorder: is_function(&window, "MediaRecorder"),
    }
}

fn is_function(of: &JsValue, name: &str) -> bool {
    Reflect::get(of, &name.into()).is_ok_and(|found| found.is_function())
}
