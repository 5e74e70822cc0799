//! Bindings that web-sys lacks, or has without their errors.

use js_sys::{Array, Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use web_sys::{
    DisplayMediaStreamConstraints, Document, EventTarget, HtmlVideoElement, MediaDevices, MediaStreamTrack,
    MediaTrackConstraints, MediaTrackSettings, Navigator, RtcConfiguration, RtcIceCandidate,
    RtcIceCandidateInit, RtcPeerConnection, RtcRtpParameters, RtcRtpSender, RtcRtpTransceiver,
    VideoPlaybackQuality, Window,
};

use super::js_error::JsError;

#[wasm_bindgen]
extern "C" {
    /// `RTCPeerConnection` with the methods that perfect negotiation needs (W3C WebRTC §4.4).
    #[wasm_bindgen(extends = RtcPeerConnection)]
    pub(super) type Connection;

    /// Without an argument, the browser creates the offer or answer that its signaling state calls for.
    #[wasm_bindgen(method, js_name = setLocalDescription)]
    pub(super) fn set_implicit_local_description(this: &Connection) -> Promise;

    #[wasm_bindgen(method, js_name = restartIce)]
    pub(super) fn restart_ice(this: &Connection);

    /// Throws if the configuration is refused, for example for a malformed server URL.
    #[wasm_bindgen(method, catch, js_name = setConfiguration)]
    pub(super) fn try_set_configuration(
        this: &Connection,
        configuration: &RtcConfiguration,
    ) -> Result<(), JsValue>;

    /// Reports network changes, where supported (W3C Network Information, a draft that Chromium implements).
    #[wasm_bindgen(extends = Navigator)]
    pub(super) type Networked;

    #[wasm_bindgen(method, getter)]
    pub(super) fn connection(this: &Networked) -> Option<EventTarget>;

    /// A candidate with its ICE generation (`usernameFragment`).
    #[wasm_bindgen(extends = RtcIceCandidate)]
    pub(super) type Candidate;

    #[wasm_bindgen(method, getter, js_name = usernameFragment)]
    pub(super) fn username_fragment(this: &Candidate) -> Option<String>;

    /// Like [`Candidate`], for candidates of the peer.
    #[wasm_bindgen(extends = RtcIceCandidateInit)]
    pub(super) type CandidateInit;

    #[wasm_bindgen(method, setter, js_name = usernameFragment)]
    pub(super) fn set_username_fragment(this: &CandidateInit, value: Option<&str>);

    /// Options of `getDisplayMedia` besides the constraints (W3C Screen Capture §5.3).
    #[wasm_bindgen(extends = DisplayMediaStreamConstraints)]
    pub(super) type DisplayOptions;

    #[wasm_bindgen(method, setter, js_name = systemAudio)]
    pub(super) fn set_system_audio(this: &DisplayOptions, value: &str);

    #[wasm_bindgen(method, setter, js_name = surfaceSwitching)]
    pub(super) fn set_surface_switching(this: &DisplayOptions, value: &str);

    #[wasm_bindgen(method, setter, js_name = selfBrowserSurface)]
    pub(super) fn set_self_browser_surface(this: &DisplayOptions, value: &str);

    /// Constraints on the audio of a shared screen (W3C Screen Capture §5.4).
    #[wasm_bindgen(extends = MediaTrackConstraints)]
    pub(super) type ScreenSoundConstraints;

    #[wasm_bindgen(method, setter, js_name = restrictOwnAudio)]
    pub(super) fn set_restrict_own_audio(this: &ScreenSoundConstraints, value: bool);

    /// A track with a content hint (W3C `MediaStreamTrack` Content Hints §2).
    #[wasm_bindgen(extends = MediaStreamTrack)]
    pub(super) type HintedTrack;

    #[wasm_bindgen(method, setter, js_name = contentHint)]
    pub(super) fn set_content_hint(this: &HintedTrack, value: &str);

    /// Track settings including those of audio (W3C Media Capture §4.3.8).
    #[wasm_bindgen(extends = MediaTrackSettings)]
    pub(super) type SoundSettings;

    #[wasm_bindgen(method, getter, js_name = sampleRate)]
    pub(super) fn sample_rate(this: &SoundSettings) -> Option<u32>;

    /// Error of a STUN or TURN server (W3C WebRTC §4.8.1.4, `RTCPeerConnectionIceErrorEvent`).
    #[wasm_bindgen(extends = web_sys::Event)]
    pub(super) type CandidateErrorEvent;

    #[wasm_bindgen(method, getter, js_name = errorCode)]
    pub(super) fn error_code(this: &CandidateErrorEvent) -> u16;

    #[wasm_bindgen(method, getter, js_name = errorText)]
    pub(super) fn error_text(this: &CandidateErrorEvent) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn url(this: &CandidateErrorEvent) -> Option<String>;

    /// A sender that takes options for the next frame (W3C WebRTC Extensions, `RTCSetParameterOptions`).
    #[wasm_bindgen(extends = RtcRtpSender)]
    pub(super) type Sender;

    #[wasm_bindgen(method, js_name = setParameters)]
    pub(super) fn set_parameters_with_options(
        this: &Sender,
        parameters: &RtcRtpParameters,
        options: &Object,
    ) -> Promise;

    /// A video element that counts the frames it presents.
    #[wasm_bindgen(extends = HtmlVideoElement, js_name = HTMLVideoElement)]
    pub(super) type Video;

    /// Throws where the browser lacks it (W3C Media Playback Quality).
    #[wasm_bindgen(method, catch, js_name = getVideoPlaybackQuality)]
    pub(super) fn playback_quality(this: &Video) -> Result<VideoPlaybackQuality, JsValue>;

    /// Firefox only.
    #[wasm_bindgen(method, getter, js_name = mozPaintedFrames)]
    pub(super) fn moz_painted_frames(this: &Video) -> Option<f64>;

    /// A transceiver whose direction can be refused: one that the peer's description stopped cannot change
    /// it.
    #[wasm_bindgen(extends = RtcRtpTransceiver)]
    pub(super) type Transceiver;

    #[wasm_bindgen(method, setter, catch, js_name = direction)]
    pub(super) fn try_set_direction(this: &Transceiver, value: &str) -> Result<(), JsValue>;

    /// Tells what the browser encodes (W3C Media Capabilities §2.5).
    #[wasm_bindgen(extends = Navigator)]
    pub(super) type Media;

    #[wasm_bindgen(method, getter, js_name = mediaCapabilities)]
    pub(super) fn media_capabilities(this: &Media) -> Option<Capabilities>;

    pub(super) type Capabilities;

    #[wasm_bindgen(method, js_name = encodingInfo)]
    pub(super) fn encoding_info(this: &Capabilities, configuration: &JsValue) -> Promise;

    /// What the browser says about a codec (`MediaCapabilitiesEncodingInfo`).
    pub(super) type CodecInfo;

    #[wasm_bindgen(method, getter)]
    pub(super) fn supported(this: &CodecInfo) -> bool;

    #[wasm_bindgen(method, getter, js_name = powerEfficient)]
    pub(super) fn power_efficient(this: &CodecInfo) -> bool;

    /// Observer of a device's load (W3C Compute Pressure §7).
    pub(super) type PressureObserver;

    /// Throws where the browser lacks it.
    #[wasm_bindgen(constructor, catch)]
    pub(super) fn try_new(callback: &Closure<dyn FnMut(Array)>) -> Result<PressureObserver, JsValue>;

    #[wasm_bindgen(method)]
    pub(super) fn observe(this: &PressureObserver, source: &str, options: &PressureOptions) -> Promise;

    #[wasm_bindgen(method)]
    pub(super) fn disconnect(this: &PressureObserver);

    /// How to observe (`PressureObserverOptions`).
    pub(super) type PressureOptions;

    #[wasm_bindgen(method, setter, js_name = sampleInterval)]
    pub(super) fn set_sample_interval(this: &PressureOptions, millis: u32);

    /// One sample of the load.
    pub(super) type PressureRecord;

    #[wasm_bindgen(method, getter)]
    pub(super) fn state(this: &PressureRecord) -> String;
}

/// The page's window, or an error where there is none.
pub(super) fn window() -> Result<Window, JsError> {
    web_sys::window().ok_or_else(|| JsError::missing("window"))
}

/// The page's document, or an error where there is none.
pub(super) fn document() -> Result<Document, JsError> {
    window()?.document().ok_or_else(|| JsError::missing("document"))
}

/// Access to devices and screens; `None` in a page that was not loaded over a secure connection.
pub(super) fn media_devices() -> Option<MediaDevices> {
    let devices = window().ok()?.navigator().media_devices().ok()?;
    (!devices.is_undefined()).then_some(devices)
}
