//! The two transceivers of a connection: one for sound, one for pictures, each in both directions.
//!
//! They are made once, by the end that offers first, and taken over by the other; a device that goes on or off
//! changes the track within (`replaceTrack`), so no new negotiation is needed.

use call_core::Device;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use web_sys::{RtcRtpTransceiver, RtcRtpTransceiverDirection, RtcRtpTransceiverInit};

use super::browser::{Connection, Transceiver};
use super::js_error::JsError;
use super::local_tracks::LocalTracks;

const DEVICES: [Device; 2] = [Device::Microphone, Device::Camera];

/// What a connection sends by, as far as it is there.
#[derive(Default)]
pub(super) struct Transceivers {
    sound: Option<RtcRtpTransceiver>,
    picture: Option<RtcRtpTransceiver>,
}

impl Transceivers {
    /// Makes both, with what the devices give now.
    pub(super) fn add(connection: &Connection, tracks: &LocalTracks) -> Self {
        let init = RtcRtpTransceiverInit::new();
        init.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        let mut made = Self::default();
        for device in DEVICES {
            let transceiver = match tracks.get(device) {
                Some(track) => connection.add_transceiver_with_media_stream_track_and_init(&track, &init),
                None => connection.add_transceiver_with_str_and_init(kind(device), &init),
            };
            *made.slot(device) = Some(transceiver);
        }
        made
    }

    /// Takes over those that the other end's offer brought, the first of each kind, and sends by them what the
    /// devices give now. Gives what is to be awaited before the answer is made.
    pub(super) fn take_over(&mut self, connection: &Connection, tracks: &LocalTracks) -> Vec<Promise> {
        let mut pending = Vec::new();
        for found in connection.get_transceivers().iter() {
            let found: Transceiver = found.unchecked_into();
            let of = found.receiver().track().kind();
            let Some(device) = DEVICES.into_iter().find(|device| kind(*device) == of) else {
                continue;
            };
            if self.slot(device).is_some() {
                continue;
            }
            if let Err(error) = found.try_set_direction("sendrecv") {
                JsError::from(error).log("a transceiver cannot send");
                continue;
            }
            pending.push(found.sender().replace_track(tracks.get(device).as_ref()));
            *self.slot(device) = Some(found.into());
        }
        pending
    }

    /// Sends what a device gives now, if there is a transceiver for it yet: one that comes later begins with that.
    pub(super) fn replace(&mut self, device: Device, tracks: &LocalTracks) -> Option<Promise> {
        let transceiver = self.slot(device).as_ref()?;
        Some(transceiver.sender().replace_track(tracks.get(device).as_ref()))
    }

    fn slot(&mut self, device: Device) -> &mut Option<RtcRtpTransceiver> {
        match device {
            Device::Camera => &mut self.picture,
            Device::Microphone => &mut self.sound,
        }
    }
}

fn kind(device: Device) -> &'static str {
    match device {
        Device::Camera => "video",
        Device::Microphone => "audio",
    }
}
