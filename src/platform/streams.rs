//! Pictures and sound, as the shell has them and the components play them.

use call_core::Source;
use protocol::{Epoch, ParticipantId};
use web_sys::MediaStream;

/// What a peer sends, apart: an element that plays both waits with the sound for the first picture, and somebody
/// without a camera would never be heard.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerStreams {
    /// Pictures alone.
    pub picture: MediaStream,
    /// Sound alone.
    pub sound: MediaStream,
    /// Pictures of the screen that is shared.
    pub screen: MediaStream,
    /// The sound of what is shared.
    pub screen_sound: MediaStream,
}

impl PeerStreams {
    /// The stream of a source.
    pub fn of(&self, source: Source) -> &MediaStream {
        match source {
            Source::Microphone => &self.sound,
            Source::Camera => &self.picture,
            Source::Screen => &self.screen,
            Source::ScreenSound => &self.screen_sound,
        }
    }
}

/// Where streams come from; the shell is one.
pub trait StreamSource {
    /// The user's own camera, without the microphone, so that it may be played without an echo.
    fn own(&self) -> Option<MediaStream>;
    /// The pictures of the screen that the user shares, without its sound.
    fn own_screen(&self) -> Option<MediaStream>;
    /// What a peer sends; `None` when that attempt is over.
    fn of(&self, peer: ParticipantId, epoch: Epoch) -> Option<PeerStreams>;
}
