//! Camera, microphone and speaker.

use crate::{Device, DeviceKind};

/// What the user wants of their devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceIntent {
    /// Turn the camera on.
    StartCamera,
    /// Turn the camera off: the device is released.
    StopCamera,
    /// Turn the microphone on, or unmute it.
    UnmuteMicrophone,
    /// Keep the microphone, but send silence.
    MuteMicrophone,
    /// Use one device of a kind, by its id (W3C Media Capture and Streams, `deviceId`).
    Choose(DeviceKind, String),
    /// Play a sound on the speaker.
    TestSpeaker,
    /// Let calls go through relays only (`true`), from the next connection on.
    HideAddress(bool),
}

impl DeviceIntent {
    /// To turn a device on.
    pub fn start(device: Device) -> Self {
        match device {
            Device::Camera => Self::StartCamera,
            Device::Microphone => Self::UnmuteMicrophone,
        }
    }
}
