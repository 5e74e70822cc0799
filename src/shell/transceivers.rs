//! The transceivers of a connection: one per source, each in both directions.
//!
//! The end that offers first creates them, and the other end takes them over. A source that is turned on or
//! off changes the track within (`replaceTrack`), so no renegotiation is needed. A transceiver's source
//! follows from its position within its kind: the first audio transceiver is the microphone's, the second the
//! screen's. If an end created fewer than there are sources, only the sources with a transceiver are sent and
//! received.

use std::collections::BTreeMap;

use call_core::{Encoding, Source, Video};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use web_sys::{RtcRtpSender, RtcRtpTransceiver, RtcRtpTransceiverDirection, RtcRtpTransceiverInit};

use super::browser::{Connection, Transceiver};
use super::encodings::Encodings;
use super::js_error::JsError;
use super::local_tracks::LocalTracks;
use super::parameter_changes::ParameterChanges;

/// The transceivers of a connection that exist so far.
#[derive(Default)]
pub(super) struct Transceivers {
    found: BTreeMap<Source, RtcRtpTransceiver>,
    encodings: Encodings,
    changes: ParameterChanges,
}

impl Transceivers {
    /// Creates all transceivers, with the sources' current tracks.
    pub(super) fn add(connection: &Connection, tracks: &LocalTracks) -> Self {
        let init = RtcRtpTransceiverInit::new();
        init.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        let mut made = Self::default();
        for source in Source::ALL {
            let transceiver = match tracks.get(source) {
                Some(track) => connection.add_transceiver_with_media_stream_track_and_init(&track, &init),
                None => connection.add_transceiver_with_str_and_init(kind(source), &init),
            };
            made.found.insert(source, transceiver);
        }
        made
    }

    /// The sources whose sender has another track than the current one.
    pub(super) fn changed(&self, tracks: &LocalTracks) -> Vec<Source> {
        let changed =
            |(source, found): &(&Source, &RtcRtpTransceiver)| found.sender().track() != tracks.get(**source);
        let changed = self.found.iter().filter(changed);
        changed.map(|(source, _)| *source).collect()
    }

    /// Takes over the transceivers of the peer's offer, and sends the sources' current tracks on them.
    /// Returns promises to await before the answer is created.
    pub(super) fn take_over(&mut self, connection: &Connection, tracks: &LocalTracks) -> Vec<Promise> {
        let mut pending = Vec::new();
        for (source, found) in placed(connection) {
            if self.found.contains_key(&source) {
                continue;
            }
            if let Err(error) = found.try_set_direction("sendrecv") {
                JsError::from(error).log("a transceiver cannot send");
                continue;
            }
            pending.push(found.sender().replace_track(tracks.get(source).as_ref()));
            self.found.insert(source, found.into());
        }
        pending
    }

    /// Sets the limits of a video from its next change of parameters on.
    pub(super) fn limit(&mut self, video: Video, encoding: Option<Encoding>) {
        self.encodings.set(video, encoding);
    }

    /// Prefers these codecs for the camera from its next change of parameters on.
    pub(super) fn prefer(&mut self, codecs: Vec<String>) {
        self.encodings.prefer(codecs);
    }

    /// Notes that the parameters of a source's sender are to be changed; returns false if the changes are being made
    /// already.
    pub(super) fn wants_change(&mut self, source: Source, key_frame: bool) -> bool {
        self.changes.want(source, key_frame)
    }

    /// Makes the next change of the parameters of a source's sender, which is finished with the promise; `None` if there
    /// is none left.
    pub(super) fn change(&mut self, source: Source) -> Option<Promise> {
        let sender = self.sender(source);
        while let Some(key_frame) = self.changes.next(source) {
            let made = sender
                .as_ref()
                .and_then(|sender| self.encodings.apply(source, sender, key_frame));
            if made.is_some() {
                return made;
            }
        }
        None
    }

    /// Sends the current track of a source, if it has a transceiver yet: a later one starts with that track.
    pub(super) fn replace(&self, source: Source, tracks: &LocalTracks) -> Option<Promise> {
        let transceiver = self.found.get(&source)?;
        Some(transceiver.sender().replace_track(tracks.get(source).as_ref()))
    }

    /// Stops sending a source, if it has a transceiver.
    pub(super) fn take_track(&self, source: Source) -> Option<Promise> {
        let transceiver = self.found.get(&source)?;
        Some(transceiver.sender().replace_track(None))
    }

    /// The media ids (`mid`) of the transceivers that have one yet.
    pub(super) fn mids(&self) -> Vec<(String, Source)> {
        let named = self
            .found
            .iter()
            .filter_map(|(source, found)| Some((found.mid()?, *source)));
        named.collect()
    }

    /// The sender of a source.
    pub(super) fn sender(&self, source: Source) -> Option<RtcRtpSender> {
        self.found.get(&source).map(RtcRtpTransceiver::sender)
    }
}

/// The source of a transceiver, by its position: its first track arrives before it is taken over.
pub(super) fn source_of(connection: &Connection, transceiver: &RtcRtpTransceiver) -> Option<Source> {
    placed(connection).find_map(|(source, found)| (*found == *transceiver).then_some(source))
}

/// The transceivers of a connection that have a source, by position.
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
