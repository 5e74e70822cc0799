//! Encoding parameters of sources for which the browser's defaults are not the right ones.
//!
//! A camera keeps the defaults. A screen is read: when the network or CPU cannot keep up, it should drop
//! frames rather than sharpness, and it must leave bandwidth to the cameras beside it.

use call_core::Source;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{RtcRtpEncodingParameters, RtcRtpSender};

use super::browser::Sender;

/// Maximum bitrate of a shared screen, in bit/s: text at 1080p is sharp with half of it, and films look good.
/// It is sent to up to seven peers, so every bit counts seven times.
const SCREEN_PICTURE: u32 = 2_500_000;
/// Maximum bitrate of its audio, in bit/s: mono music does not get better beyond it.
const SCREEN_SOUND: u32 = 96_000;

/// Sets the maximum bitrate of a source that is sent; `None` if the source has none, or is not sent. A browser that does
/// not know these parameters keeps its own limits.
pub(super) fn bound(source: Source, sender: &RtcRtpSender) -> Option<Promise> {
    let most = match source {
        Source::Microphone | Source::Camera => return None,
        Source::Screen => SCREEN_PICTURE,
        Source::ScreenSound => SCREEN_SOUND,
    };
    // Chromium's page waits for its signaling thread here, so a call without a screen does without.
    sender.track()?;
    let parameters = sender.get_parameters();
    let encodings: Array = parameters.get_encodings()?;
    for encoding in encodings.iter() {
        encoding
            .unchecked_into::<RtcRtpEncodingParameters>()
            .set_max_bitrate(most);
    }
    if source == Source::Screen {
        // W3C WebRTC Extensions; browsers that do not know the property ignore it.
        let preference: JsValue = "maintain-resolution".into();
        let _ = Reflect::set(&parameters, &"degradationPreference".into(), &preference);
    }
    Some(sender.set_parameters_with_parameters(&parameters))
}

/// Makes the next video frame a key frame. A browser without this extension sends one when the peer requests
/// it.
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
