//! How a source is encoded where the browser's own choice is not the right one.
//!
//! A camera keeps what the browser chooses. A screen is read: where a network or a processor cannot keep up it
//! shall lose pictures rather than sharpness, and it must not take the whole line from the faces beside it.

use call_core::Source;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{RtcRtpEncodingParameters, RtcRtpSender};

use super::browser::Sender;

/// What a shared screen takes of the line at most, in bits a second: text at 1080p is sharp with half of it, and a
/// film is good to watch. It is sent to each of up to seven others, so every bit counts seven times.
const SCREEN_PICTURE: u32 = 2_500_000;
/// Its sound: music in mono is as good as it gets from here on.
const SCREEN_SOUND: u32 = 96_000;

/// Sets the bounds of a source's sender. A browser that knows no such bounds sends within its own.
pub(super) fn bound(source: Source, sender: &RtcRtpSender) -> Option<Promise> {
    let most = match source {
        Source::Microphone | Source::Camera => return None,
        Source::Screen => SCREEN_PICTURE,
        Source::ScreenSound => SCREEN_SOUND,
    };
    let parameters = sender.get_parameters();
    let encodings: Array = parameters.get_encodings()?;
    for encoding in encodings.iter() {
        encoding
            .unchecked_into::<RtcRtpEncodingParameters>()
            .set_max_bitrate(most);
    }
    if source == Source::Screen {
        // W3C WebRTC Extensions; a property that a browser does not know is no matter to it.
        let preference: JsValue = "maintain-resolution".into();
        let _ = Reflect::set(&parameters, &"degradationPreference".into(), &preference);
    }
    Some(sender.set_parameters_with_parameters(&parameters))
}

/// Lets the next frame of a picture be a key frame. A browser that does not know how sends one when it is asked to by the other end.
pub(super) fn refresh(sender: &RtcRtpSender) -> Option<Promise> {
    sender.track()?;
    let parameters = sender.get_parameters();
    let encodings: Array = parameters.get_encodings()?;
    let key_frame = Object::new();
    Reflect::set(&key_frame, &"keyFrame".into(), &JsValue::TRUE).ok()?;
    let wishes: Array = encodings.iter().map(|_| key_frame.clone()).collect();
    let options = Object::new();
    Reflect::set(&options, &"encodingOptions".into(), &wishes).ok()?;
    let sender: &Sender = sender.unchecked_ref();
    Some(sender.set_parameters_with_options(&parameters, &options))
}
