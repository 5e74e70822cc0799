//! Audio level of a receiver: the browser keeps the level that the sender wrote beside its audio.
//!
//! Cheap enough to be read several times a second, unlike statistics; no audio passes through the page for
//! it.

use std::cell::Cell;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{RtcRtpReceiver, RtcRtpSynchronizationSource};

/// Reads levels, each at most once.
#[derive(Default)]
pub(super) struct Level {
    /// Timestamp of the audio that was read last.
    read: Cell<f64>,
}

impl Level {
    /// The level of the newest audio, from 0 to 1, linear (W3C WebRTC,
    /// `RTCRtpSynchronizationSource.audioLevel`). `None` when there is nothing new: the browser keeps sources
    /// for ten seconds.
    pub(super) fn read(&self, receiver: &RtcRtpReceiver) -> Option<f32> {
        let sources: Array = receiver.get_synchronization_sources();
        let sources = sources
            .iter()
            .map(JsValue::unchecked_into::<RtcRtpSynchronizationSource>);
        let newest = sources.max_by(|one, other| one.get_timestamp().total_cmp(&other.get_timestamp()))?;
        let at = newest.get_timestamp();
        if at <= self.read.replace(at) {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, reason = "a level is between 0 and 1")]
        newest.get_audio_level().map(|level| level as f32)
    }
}
