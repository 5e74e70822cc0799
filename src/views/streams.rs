//! How a component comes by pictures and sound without seeing a connection or a device.

use call_core::Source;
use leptos::prelude::*;
use protocol::{Epoch, ParticipantId};
use web_sys::MediaStream;

/// Gives media streams by whose they are.
///
/// A stream stays the same object for as long as its owner lives (the page, for the user's own; one epoch of a
/// link, for a peer's): tracks come into it and go, and a media element that plays it follows by itself.
#[derive(Clone, Copy)]
pub struct Streams(StoredValue<Box<dyn StreamSource>, LocalStorage>);

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

impl Streams {
    /// Gives the components under the current owner the streams of `source`.
    pub fn provide(source: impl StreamSource + 'static) {
        provide_context(Self(StoredValue::new_local(Box::new(source))));
    }

    /// See [`StreamSource::own`].
    pub fn own(self) -> Option<MediaStream> {
        self.0.try_with_value(|source| source.own()).flatten()
    }

    /// See [`StreamSource::own_screen`].
    pub fn own_screen(self) -> Option<MediaStream> {
        self.0.try_with_value(|source| source.own_screen()).flatten()
    }

    /// See [`StreamSource::of`].
    pub fn of(self, peer: ParticipantId, epoch: Epoch) -> Option<PeerStreams> {
        self.0.try_with_value(|source| source.of(peer, epoch)).flatten()
    }
}

/// The streams of the app around this component.
pub fn use_streams() -> Streams {
    expect_context()
}
