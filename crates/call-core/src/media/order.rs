//! The camera, the microphone and the speaker.

use std::time::Duration;

use crate::{Device, DevicePick, RequestId};

/// What to do with devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceOrder {
    /// Turn devices on, with one question to the user for all of them; answer with `Opened` or `Failed`.
    /// What is open of their kind goes when the answer is there.
    Open {
        /// To be named in the answer.
        request: RequestId,
        /// Which camera, if one is wanted.
        camera: Option<DevicePick>,
        /// Which microphone, if one is wanted.
        microphone: Option<DevicePick>,
    },
    /// Answer with `Listed`; from now on also whenever a device comes or goes.
    List,
    /// Measure how loud the open microphone is, muted or not, this often (`MicrophoneLevel`), or no more.
    Meter(Option<Duration>),
    /// Let the speaker be heard that has this id, or the one that the system prefers.
    PlayTestSound(Option<String>),
    /// Turn a device off. What an unanswered request still brings of it is turned off too.
    Close(Device),
    /// Let the microphone be heard, or send silence.
    EnableMicrophone(bool),
}
