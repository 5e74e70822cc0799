//! What the shell does with camera, microphone and speaker.

use std::time::Duration;

use crate::{Device, DevicePick, RequestId};

/// An order about devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceOrder {
    /// Turn devices on, with one permission prompt for all of them; answer with `Opened` or `Failed`. Open
    /// devices of the same kind are closed once the answer is there.
    Open {
        /// Id to use in the answer.
        request: RequestId,
        /// The camera to open, if one is wanted.
        camera: Option<DevicePick>,
        /// The microphone to open, if one is wanted.
        microphone: Option<DevicePick>,
    },
    /// Answer with `Listed`, now and whenever the list changes.
    List,
    /// Measure the level of the open microphone, muted or not, at this interval (`MicrophoneLevel`); `None` stops.
    Meter(Option<Duration>),
    /// Play the test sound on the speaker with this id; `None` is the system's default.
    PlayTestSound(Option<String>),
    /// Turn a device off. If a pending request still opens it, close it too.
    Close(Device),
    /// Send the microphone's audio (`true`), or silence.
    EnableMicrophone(bool),
}
