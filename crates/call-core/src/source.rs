//! What a connection can carry, and what is said of it to the other end.

use protocol::Signal;

use crate::Device;

/// One kind of sound or picture that an end may send beside the others.
///
/// Every connection has a transceiver for each, made once and in the order of [`Source::ALL`]; which is which is
/// known by that order within their kind, sound or picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The sound of the microphone.
    Microphone,
    /// The pictures of the camera.
    Camera,
    /// The pictures of the screen that is shared.
    Screen,
    /// The sound of what is shared.
    ScreenSound,
}

impl Source {
    /// All of them, in the order in which the offering end makes their transceivers.
    pub const ALL: [Self; 4] = [Self::Microphone, Self::Camera, Self::Screen, Self::ScreenSound];

    /// What of them a shared screen gives.
    pub const OF_SCREEN: [Self; 2] = [Self::Screen, Self::ScreenSound];

    /// Whether it is heard; the others are seen.
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Microphone | Self::ScreenSound)
    }
}

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
