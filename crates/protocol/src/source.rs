//! What a connection carries.

use serde::{Deserialize, Serialize};

/// One kind of sound or video that an end may send beside the others.
///
/// Every connection has a transceiver for each, made once and in the order of [`Source::ALL`]; which is which is
/// known by that order within their kind, sound or video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The sound of the microphone.
    Microphone,
    /// The video of the camera.
    Camera,
    /// The video of the screen that is shared.
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
    #[must_use]
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Microphone | Self::ScreenSound)
    }
}
