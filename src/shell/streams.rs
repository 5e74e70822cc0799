//! The streams that components play: the user's own camera and screen, and one per source for each
//! connection.
//!
//! A tile may be shown before its connection exists, or while it is being replaced. So streams are created
//! when they are first requested or when their connection opens, whichever is earlier, and stay the same
//! objects from then on.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use call_core::Source;
use protocol::{Epoch, ParticipantId};
use web_sys::{MediaStream, MediaStreamTrack};

use super::local_tracks::LocalTracks;
use crate::platform::{PeerStreams, StreamSource};

// `stream.clone()` would be the browser's own, which makes a second stream: so this module calls
// `Clone::clone`.

/// The streams of all peers; clones share them.
#[derive(Clone, Default)]
pub struct RemoteStreams(Rc<RefCell<BTreeMap<ParticipantId, Slot>>>);

struct Slot {
    epoch: Epoch,
    streams: PeerStreams,
}

impl RemoteStreams {
    /// Returns the streams of a connection that opens; they replace those of an earlier epoch.
    pub(super) fn open(&self, peer: ParticipantId, epoch: Epoch) -> Option<PeerStreams> {
        let mut slots = self.0.borrow_mut();
        if let Some(slot) = slots.get(&peer).filter(|slot| slot.epoch == epoch) {
            return Some(Clone::clone(&slot.streams));
        }
        let streams = PeerStreams {
            picture: MediaStream::new().ok()?,
            sound: MediaStream::new().ok()?,
            screen: MediaStream::new().ok()?,
            screen_sound: MediaStream::new().ok()?,
        };
        slots.insert(
            peer,
            Slot {
                epoch,
                streams: Clone::clone(&streams),
            },
        );
        Some(streams)
    }

    /// Returns the streams of an epoch; `None` when a later one has replaced it.
    pub(super) fn of(&self, peer: ParticipantId, epoch: Epoch) -> Option<PeerStreams> {
        let later = self.0.borrow().get(&peer).is_some_and(|slot| slot.epoch > epoch);
        if later { None } else { self.open(peer, epoch) }
    }

    /// Empties the streams of a connection that closed, and forgets them.
    pub(super) fn close(&self, peer: ParticipantId, epoch: Epoch) {
        let mut slots = self.0.borrow_mut();
        if slots.get(&peer).is_some_and(|slot| slot.epoch == epoch)
            && let Some(slot) = slots.remove(&peer)
        {
            for source in Source::ALL {
                empty(slot.streams.of(source));
            }
        }
    }
}

/// Removes all tracks of a stream, so that an element that plays it drops the last frame.
fn empty(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        stream.remove_track(&MediaStreamTrack::from(track));
    }
}

/// All streams that components may play.
pub struct LiveStreams {
    tracks: LocalTracks,
    remote: RemoteStreams,
}

impl LiveStreams {
    pub(super) fn new(tracks: LocalTracks, remote: RemoteStreams) -> Self {
        Self { tracks, remote }
    }
}

impl StreamSource for LiveStreams {
    fn own(&self) -> Option<MediaStream> {
        self.tracks.preview()
    }

    fn own_screen(&self) -> Option<MediaStream> {
        self.tracks.screen()
    }

    fn of(&self, peer: ParticipantId, epoch: Epoch) -> Option<PeerStreams> {
        self.remote.of(peer, epoch)
    }
}
