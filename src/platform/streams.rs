//! Media streams that the shell provides and components play.

use call_core::Source;
use protocol::{Epoch, ParticipantId};
use web_sys::MediaStream;

/// The streams of a peer, one per source: an element that plays audio and video together holds the audio back
/// until the first frame, so a peer without a camera would never be heard.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerStreams {
    /// Video of the camera.
    pub picture: MediaStream,
    /// Audio of the microphone.
    pub sound: MediaStream,
    /// Video of the shared screen.
    pub screen: MediaStream,
    /// Audio of the shared screen.
    pub screen_sound: MediaStream,
}

impl PeerStreams {
    /// Returns the stream of a source.
    pub fn of(&self, source: Source) -> &MediaStream {
        match source {
            Source::Microphone => &self.sound,
            Source::Camera => &self.picture,
            Source::Screen => &self.screen,
            Source::ScreenSound => &self.screen_sound,
        }
    }
}

/// Provides streams to components; implemented by the shell.
pub trait StreamSource {
    /// The user's camera, without the microphone, so that playing it causes no echo.
    fn own(&self) -> Option<MediaStream>;
    /// The video of the user's shared screen, without its audio.
    fn own_screen(&self) -> Option<MediaStream>;
    /// The streams of a peer; `None` when the connection of that epoch is closed.
    fn of(&self, peer: ParticipantId, epoch: Epoch) -> Option<PeerStreams>;
}
