//! Encoding parameters of what is sent (W3C WebRTC §5.2.1).
//!
//! A camera keeps the browser's defaults until the core limits it. A screen is read: when the network or CPU cannot
//! keep up, it should drop frames rather than sharpness, and it must leave bandwidth to the cameras beside it.

use call_core::{Encoding, Source, Video};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MediaStreamTrack, RtcRtpEncodingParameters, RtcRtpSender};

use super::browser::Sender;

/// Maximum bitrate of a screen's audio, in bit/s: mono music does not get better beyond it.
const SCREEN_SOUND: u32 = 96_000;

/// How a connection encodes its videos.
#[derive(Default)]
pub(super) struct Encodings {
    /// The limits that the core set; `None` where nothing is sent.
    limits: Vec<(Video, Option<Encoding>)>,
    /// The codecs to prefer for the camera.
    codecs: Vec<String>,
}

impl Encodings {
    /// Sets the limits of a video, for when they are applied.
    pub(super) fn set(&mut self, video: Video, encoding: Option<Encoding>) {
        self.limits.retain(|(of, _)| *of != video);
        self.limits.push((video, encoding));
    }

    /// Prefers these codecs for the camera, for when the limits are applied.
    pub(super) fn prefer(&mut self, codecs: Vec<String>) {
        self.codecs = codecs;
    }

    /// Applies the limits of a source to its sender and, if `key_frame`, makes its next frame a key frame; `None` if there
    /// is nothing to apply, or nothing is sent. A browser that does not know these parameters keeps its own limits, and
    /// sends a key frame when the peer requests it.
    pub(super) fn apply(&self, source: Source, sender: &RtcRtpSender, key_frame: bool) -> Option<Promise> {
        let limits = self.limits(source);
        let codecs = match source {
            Source::Camera => self.codecs.as_slice(),
            Source::Microphone | Source::Screen | Source::ScreenSound => &[],
        };
        if limits.is_none() && codecs.is_empty() && !key_frame {
            return None;
        }
        // Chromium's page waits for its signaling thread here, so a source that is off does without.
        let track = sender.track()?;
        let parameters = sender.get_parameters();
        let encodings: Array = parameters.get_encodings()?;
        if let Some(limits) = limits {
            for one in encodings.iter() {
                limits.put(&one.unchecked_into(), &track);
            }
        }
        if let Some(codec) = codecs.iter().find_map(|codec| negotiated(&parameters, codec)) {
            for one in encodings.iter() {
                put(&one, "codec", &codec);
            }
        }
        if source == Source::Screen {
            // W3C WebRTC Extensions; browsers that do not know the property ignore it.
            put(
                &parameters,
                "degradationPreference",
                &"maintain-resolution".into(),
            );
        }
        let options = Object::new();
        if key_frame {
            let wish = Object::new();
            put(&wish, "keyFrame", &JsValue::TRUE);
            let wishes: Array = encodings.iter().map(|_| wish.clone()).collect();
            put(&options, "encodingOptions", &wishes);
        }
        let sender: &Sender = sender.unchecked_ref();
        Some(sender.set_parameters_with_options(&parameters, &options))
    }

    /// The limits of a source; `None` while it has the browser's.
    fn limits(&self, source: Source) -> Option<Limits> {
        let set = |video| self.limits.iter().find(|(of, _)| *of == video);
        Some(match source {
            Source::Microphone => return None,
            Source::ScreenSound => Limits::Sound,
            Source::Camera if set(Video::Camera)?.1 == Some(Encoding::full(Video::Camera)) => Limits::Default,
            Source::Camera => Limits::Video(set(Video::Camera)?.1),
            Source::Screen => {
                let whole = Some(Encoding::full(Video::Screen));
                Limits::Video(set(Video::Screen).map_or(whole, |(_, encoding)| *encoding))
            }
        })
    }
}

/// What to put into the parameters of one encoding.
enum Limits {
    Sound,
    Video(Option<Encoding>),
    /// Those of the browser.
    Default,
}

impl Limits {
    fn put(&self, into: &RtcRtpEncodingParameters, track: &MediaStreamTrack) {
        let set_pace = |pace: Option<u32>| match pace {
            Some(pace) => put(into, "maxFramerate", &pace.into()),
            None => remove(into, "maxFramerate"),
        };
        match self {
            Self::Sound => into.set_max_bitrate(SCREEN_SOUND),
            Self::Video(None) => into.set_active(false),
            Self::Video(Some(Encoding { lines, rate, pace })) => {
                into.set_active(true);
                into.set_max_bitrate(rate.0.saturating_mul(1000));
                into.set_scale_resolution_down_by(lines.map_or(1.0, |lines| scale(track, lines)));
                set_pace(*pace);
            }
            Self::Default => {
                into.set_active(true);
                into.set_scale_resolution_down_by(1.0);
                remove(into, "maxBitrate");
                set_pace(None);
            }
        }
    }
}

/// The negotiated codec of this MIME type. A browser that cannot choose a codec for an encoding ignores it (W3C WebRTC
/// Extensions, `RTCRtpEncodingParameters.codec`).
fn negotiated(parameters: &JsValue, wanted: &str) -> Option<JsValue> {
    let codecs: Array = Reflect::get(parameters, &"codecs".into()).ok()?.dyn_into().ok()?;
    codecs.iter().find(|codec| {
        let name = Reflect::get(codec, &"mimeType".into()).ok();
        let name = name.and_then(|name| name.as_string());
        name.is_some_and(|name| name.eq_ignore_ascii_case(wanted))
    })
}

fn put(parameters: &JsValue, member: &str, value: &JsValue) {
    let _ = Reflect::set(parameters, &member.into(), value);
}

fn remove(parameters: &Object, member: &str) {
    let _ = Reflect::delete_property(parameters, &member.into());
}

/// The factor by which the video of a track has to be scaled down to have at most these lines.
fn scale(track: &MediaStreamTrack, lines: u32) -> f32 {
    let settings = track.get_settings();
    let sides = [settings.get_width(), settings.get_height()];
    let shorter = sides
        .into_iter()
        .flatten()
        .min()
        .and_then(|side| u16::try_from(side).ok());
    let lines = u16::try_from(lines).unwrap_or(u16::MAX).max(1);
    shorter.map_or(1.0, |shorter| (f32::from(shorter) / f32::from(lines)).max(1.0))
}
