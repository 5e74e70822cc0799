//! The transceivers of a connection: one for each source, each in both directions.
//!
//! They are made once, by the end that offers first, and taken over by the other; a source that goes on or off
//! changes the track within (`replaceTrack`), so no new negotiation is needed. Which is whose is known by the place
//! within its kind: the first for sound is the microphone's, the second the screen's. An end that made fewer
//! than there are sources gets and sends what there is a transceiver for.

use std::collections::BTreeMap;

use call_core::Source;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use web_sys::{RtcRtpReceiver, RtcRtpTransceiver, RtcRtpTransceiverDirection, RtcRtpTransceiverInit};

use super::browser::{Connection, Transceiver};
use super::encodings;
use super::js_error::JsError;
use super::local_tracks::LocalTracks;

/// What a connection sends by, as far as it is there.
#[derive(Default)]
pub(super) struct Transceivers(BTreeMap<Source, RtcRtpTransceiver>);

impl Transceivers {
    /// Makes all, with what the sources give now.
    pub(super) fn add(connection: &Connection, tracks: &LocalTracks) -> Self {
        let init = RtcRtpTransceiverInit::new();
        init.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        let mut made = Self::default();
        for source in Source::ALL {
            let transceiver = match tracks.get(source) {
                Some(track) => connection.add_transceiver_with_media_stream_track_and_init(&track, &init),
                None => connection.add_transceiver_with_str_and_init(kind(source), &init),
            };
            made.0.insert(source, transceiver);
        }
        made
    }

    /// Takes over those that the other end's offer brought, and sends by them what the sources give now. Gives what
    /// is to be awaited before the answer is made.
    pub(super) fn take_over(&mut self, connection: &Connection, tracks: &LocalTracks) -> Vec<Promise> {
        let mut pending = Vec::new();
        for (source, found) in placed(connection) {
            if self.0.contains_key(&source) {
                continue;
            }
            if let Err(error) = found.try_set_direction("sendrecv") {
                JsError::from(error).log("a transceiver cannot send");
                continue;
            }
            pending.push(found.sender().replace_track(tracks.get(source).as_ref()));
            self.0.insert(source, found.into());
        }
        pending
    }

    /// Bounds what is encoded. Chromium has encoders to bound once a local description is set.
    pub(super) fn bound(&self) -> Vec<Promise> {
        let senders = self.0.iter().map(|(source, found)| (*source, found.sender()));
        senders
            .filter_map(|(source, sender)| encodings::bound(source, &sender))
            .collect()
    }

    /// Begins all pictures anew that are sent.
    pub(super) fn refresh(&self) -> Vec<Promise> {
        let pictures = self.0.iter().filter(|(source, _)| !source.is_sound());
        pictures
            .filter_map(|(_, found)| encodings::refresh(&found.sender()))
            .collect()
    }

    /// Sends what a source gives now, if there is a transceiver for it yet: one that comes later begins with that.
    pub(super) fn replace(&self, source: Source, tracks: &LocalTracks) -> Option<Promise> {
        let transceiver = self.0.get(&source)?;
        Some(transceiver.sender().replace_track(tracks.get(source).as_ref()))
    }

    /// Sends nothing of a source, if there is a transceiver for it.
    pub(super) fn take_track(&self, source: Source) -> Option<Promise> {
        let transceiver = self.0.get(&source)?;
        Some(transceiver.sender().replace_track(None))
    }

    /// The names that the descriptions give them, as far as they have any yet.
    pub(super) fn mids(&self) -> Vec<(String, Source)> {
        let named = self
            .0
            .iter()
            .filter_map(|(source, found)| Some((found.mid()?, *source)));
        named.collect()
    }

    /// What a source of the other end arrives by.
    pub(super) fn receiver(&self, source: Source) -> Option<RtcRtpReceiver> {
        self.0.get(&source).map(RtcRtpTransceiver::receiver)
    }
}

/// What a transceiver of a connection carries, by its place: its first track comes before it is taken over.
pub(super) fn source_of(connection: &Connection, transceiver: &RtcRtpTransceiver) -> Option<Source> {
    placed(connection).find_map(|(source, found)| (*found == *transceiver).then_some(source))
}

/// The transceivers of a connection that stand at a source's place.
fn placed(connection: &Connection) -> impl Iterator<Item = (Source, Transceiver)> {
    let mut places = Source::ALL.to_vec();
    let found: Vec<Transceiver> = connection
        .get_transceivers()
        .iter()
        .map(JsCast::unchecked_into)
        .collect();
    found.into_iter().filter_map(move |found| {
        let of = found.receiver().track().kind();
        let place = places.iter().position(|source| kind(*source) == of)?;
        Some((places.remove(place), found))
    })
}

fn kind(source: Source) -> &'static str {
    if source.is_sound() { "audio" } else { "video" }
}
