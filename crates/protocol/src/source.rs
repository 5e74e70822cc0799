//! Media sources of a connection.

use serde::{Deserialize, Serialize};

/// A kind of audio or video that an end may send.
///
/// Every connection has one transceiver for each, created once in the order of [`Source::ALL`]; among
/// transceivers of the same kind (audio or video), the order identifies the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Audio of the microphone.
    Microphone,
    /// Video of the camera.
    Camera,
    /// Video of the shared screen.
    Screen,
    /// Audio of the shared screen.
    ScreenSound,
}

impl Source {
    /// All sources, in the order in which the offerer creates their transceivers.
    pub const ALL: [Self; 4] = [Self::Microphone, Self::Camera, Self::Screen, Self::ScreenSound];

    /// The sources that a shared screen may provide.
    pub const OF_SCREEN: [Self; 2] = [Self::Screen, Self::ScreenSound];

    /// Whether the source is audio rather than video.
    #[must_use]
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Microphone | Self::ScreenSound)
    }
}
