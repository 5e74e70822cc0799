//! All open connections, by peer and epoch. Orders for a connection that is closed are ignored.

use std::collections::BTreeMap;

use call_core::{ConnectionState, Event, NewConnection, PeerEvent};
use protocol::{Epoch, ParticipantId};

use super::codecs::Codecs;
use super::event_sink::EventSink;
use super::first_picture::FirstFrame;
use super::js_error::JsError;
use super::local_tracks::LocalTracks;
use super::peer::{Parts, Peer, Prepared};
use super::playback::Playback;
use super::streams::RemoteStreams;

pub(super) struct Peers {
    open: BTreeMap<(ParticipantId, Epoch), Peer>,
    /// First frames that are awaited or have arrived.
    pictures: BTreeMap<(ParticipantId, Epoch), FirstFrame>,
    streams: RemoteStreams,
    tracks: LocalTracks,
    codecs: Codecs,
    events: EventSink,
    /// Made ahead for the next call.
    prepared: Option<Prepared>,
}

impl Peers {
    pub(super) fn new(streams: RemoteStreams, tracks: LocalTracks, events: EventSink) -> Self {
        Self {
            open: BTreeMap::new(),
            pictures: BTreeMap::new(),
            streams,
            tracks,
            codecs: Codecs::default(),
            events,
            prepared: None,
        }
    }

    /// Has a connection ready for the next call, or none.
    pub(super) fn prepare(&mut self, wanted: Option<NewConnection>) {
        // Closed first, so that there are never two.
        if let Some(unused) = self.prepared.take() {
            unused.close();
        }
        let made = wanted.map(|wanted| Prepared::make(wanted, &self.tracks));
        match made.transpose() {
            Ok(made) => self.prepared = made,
            Err(error) => error.log("no connection ahead of the call"),
        }
    }

    /// Opens a connection; one that the browser does not create is reported as failed.
    pub(super) fn open(&mut self, peer: ParticipantId, epoch: Epoch, wanted: &NewConnection) {
        let streams = self
            .streams
            .open(peer, epoch)
            .ok_or_else(|| JsError::missing("MediaStream"));
        let prepared = self.prepared.take_if(|prepared| prepared.is(wanted));
        let parts = prepared.map_or_else(
            || Parts::make(wanted, &self.tracks),
            |prepared| Ok(prepared.take()),
        );
        let made = streams.and_then(|streams| {
            let sent = (self.tracks.clone(), self.codecs.clone());
            Ok(Peer::open(
                (peer, epoch),
                parts?,
                streams,
                sent,
                self.events.clone(),
            ))
        });
        match made {
            Ok(made) => {
                self.open.insert((peer, epoch), made);
            }
            Err(error) => {
                error.log("no connection");
                self.events.send(Event::Peer {
                    peer,
                    epoch,
                    event: PeerEvent::ConnectionChanged(ConnectionState::Failed),
                });
            }
        }
    }

    /// Closes a connection and its streams.
    pub(super) fn close(&mut self, peer: ParticipantId, epoch: Epoch) {
        self.pictures.remove(&(peer, epoch));
        self.open.remove(&(peer, epoch));
        self.streams.close(peer, epoch);
    }

    /// Reports the energy of the microphone, which is the same on all connections: measured on the first that sends it.
    pub(super) fn measure_voice(&self) {
        let _ = self.open.values().any(Peer::measure_voice);
    }

    /// Reports what the page plays of each peer.
    pub(super) fn look_at_playback(&self) {
        let playback = Playback::look();
        let seen = self.open.iter().map(|((peer, epoch), open)| {
            let playing = playback.of(open.streams());
            (*peer, *epoch, playing)
        });
        self.events.send(Event::PlaybackSeen(seen.collect()));
    }

    /// Reports the first video frame that arrives from the peer's camera.
    pub(super) fn await_first_frame(&mut self, peer: ParticipantId, epoch: Epoch) {
        if !self.open.contains_key(&(peer, epoch)) {
            return;
        }
        let Some(streams) = self.streams.of(peer, epoch) else {
            return;
        };
        let events = self.events.clone();
        let awaited = FirstFrame::of(&streams.picture, move |width, height| {
            events.send(Event::Peer {
                peer,
                epoch,
                event: PeerEvent::FirstFrame { width, height },
            });
        });
        match awaited {
            Ok(awaited) => {
                self.pictures.insert((peer, epoch), awaited);
            }
            Err(error) => error.log("the first picture cannot be awaited"),
        }
    }

    /// Calls `then` with a connection, if it is open.
    pub(super) fn with(&self, peer: ParticipantId, epoch: Epoch, then: impl FnOnce(&Peer)) {
        if let Some(open) = self.open.get(&(peer, epoch)) {
            then(open);
        }
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        self.prepare(None);
    }
}
