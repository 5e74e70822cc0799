//! What the user does with camera, microphone and speaker.

use crate::{Device, DeviceKind};

/// What the user wants from a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceIntent {
    /// Turn the camera on.
    StartCamera,
    /// Turn the camera off and release it.
    StopCamera,
    /// Turn the microphone on, or unmute it.
    UnmuteMicrophone,
    /// Keep the microphone open, but send silence.
    MuteMicrophone,
    /// Use the device of this kind with this id (W3C Media Capture and Streams, `deviceId`); an empty id
    /// leaves the choice to the system.
    Choose(DeviceKind, String),
    /// Play the test sound on the speaker.
    TestSpeaker,
    /// Use relays only (`true`), from the next connection on.
    HideAddress(bool),
}

impl DeviceIntent {
    /// The intent that turns a device on.
    pub fn start(device: Device) -> Self {
        match device {
            Device::Camera => Self::StartCamera,
            Device::Microphone => Self::UnmuteMicrophone,
        }
    }
}
