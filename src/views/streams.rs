//! Gives components video and audio without access to connections or devices.

use leptos::prelude::*;
use protocol::{Epoch, ParticipantId};
use web_sys::MediaStream;

use crate::platform::{PeerStreams, StreamSource};

/// Media streams, by their sender.
///
/// A stream stays the same object for as long as its owner lives (the page for the user's own, one epoch of a
/// link for a peer's): tracks are added and removed, and a media element that plays it follows by itself.
#[derive(Clone, Copy)]
pub struct Streams(StoredValue<Box<dyn StreamSource>, LocalStorage>);

impl Streams {
    /// Provides the streams of `source` to the components under the current owner.
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

/// The streams of the surrounding app.
pub fn use_streams() -> Streams {
    expect_context()
}
