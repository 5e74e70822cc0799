//! Sources of media, and their state as it is sent to peers.

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

/// Which of the user's sources are on, as it is sent to peers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LocalMediaState {
    pub(crate) camera: bool,
    pub(crate) microphone: bool,
    pub(crate) screen: bool,
}

impl LocalMediaState {
    /// The signal to a peer from whom some videos are held back.
    pub(crate) fn signal(self, paused: Vec<Source>) -> Signal {
        Signal::Media {
            camera: self.camera,
            microphone: self.microphone,
            screen: self.screen,
            paused,
        }
    }
}
