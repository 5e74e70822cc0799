//! What a connection can carry, and what is said of it to the other end.

use protocol::{Signal, Source};

use crate::Device;

impl From<Device> for Source {
    fn from(device: Device) -> Self {
        match device {
            Device::Camera => Self::Camera,
            Device::Microphone => Self::Microphone,
        }
    }
}

/// Which of the user's sources send now, as peers are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sending {
    pub(crate) camera: bool,
    pub(crate) microphone: bool,
    pub(crate) screen: bool,
}

impl From<Sending> for Signal {
    fn from(sending: Sending) -> Self {
        Self::Media {
            camera: sending.camera,
            microphone: sending.microphone,
            screen: sending.screen,
        }
    }
}
