//! One `RTCPeerConnection`: one peer, one epoch.
//!
//! It reports only while it is open. Pending promises hold no strong reference to it: those of a closed
//! connection never settle (W3C WebRTC §4.4.1.2), and would keep it alive forever.

mod listeners;
mod parts;
mod sending;
mod states;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use call_core::{Event, PeerEvent, SignalingState, Source};
use gloo_events::EventListener;
use js_sys::Promise;
use protocol::http::IceServer;
use protocol::{Epoch, IceCandidate, ParticipantId, SdpType, SessionDescription, SignalEnvelope};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{RtcSdpType, RtcSessionDescriptionInit};

use super::browser::{CandidateInit, Connection};
use super::codecs::Codecs;
use super::data_channel::DataChannel;
use super::event_sink::EventSink;
use super::ice_configuration::{IceConfig, reconfigure};
use super::js_error::{JsError, settled};
use super::local_tracks::LocalTracks;
use super::playback::Playback;
use super::stats::{StatsReader, VoiceReader};
use super::transceivers::Transceivers;
use crate::platform::PeerStreams;
pub(super) use parts::{Parts, Prepared};
use states::signaling_state;

/// An open connection; dropping it closes it.
pub(super) struct Peer {
    inner: Rc<Inner>,
    _listeners: [EventListener; 8],
}

struct Inner {
    peer: ParticipantId,
    epoch: Epoch,
    connection: Connection,
    transceivers: RefCell<Transceivers>,
    streams: PeerStreams,
    channel: RefCell<Option<DataChannel>>,
    /// Of a connection that was made ahead: fulfilled once its offer is set. Taken when that is due.
    offer_set: RefCell<Option<Promise>>,
    relay_only: bool,
    tracks: LocalTracks,
    codecs: Codecs,
    codecs_preferred: Cell<bool>,
    events: EventSink,
    stats: StatsReader,
    measuring: Cell<bool>,
    voice: VoiceReader,
    /// Whether the voice is being measured.
    listening: Cell<bool>,
}

impl Peer {
    /// Reports from a connection from now on. The peer's tracks are added to `streams`.
    pub(super) fn open(
        (peer, epoch): (ParticipantId, Epoch),
        parts: Parts,
        streams: PeerStreams,
        (tracks, codecs): (LocalTracks, Codecs),
        events: EventSink,
    ) -> Self {
        let channel = parts.channel;
        let channel = channel.map(|channel| DataChannel::new(channel, (peer, epoch), &events));
        let (offer_set, relay_failures) = parts
            .ahead
            .map(|ahead| (ahead.offer_set, ahead.relay_failures))
            .unzip();
        let changed = parts.transceivers.changed(&tracks);
        let inner = Rc::new(Inner {
            peer,
            epoch,
            connection: parts.connection,
            transceivers: RefCell::new(parts.transceivers),
            streams,
            channel: RefCell::new(channel),
            offer_set: RefCell::new(offer_set),
            relay_only: parts.relay_only,
            tracks,
            codecs,
            codecs_preferred: Cell::default(),
            events,
            stats: StatsReader::default(),
            measuring: Cell::default(),
            voice: VoiceReader::default(),
            listening: Cell::default(),
        });
        let listeners = inner.listen();
        for source in changed {
            inner.send_current_track(source);
        }
        if let Some(relay_failures) = relay_failures {
            for failure in &relay_failures {
                inner.relay_failed(failure);
            }
            // What the browser said before anything listened.
            inner.events(|_| PeerEvent::NegotiationNeeded);
        }
        Self {
            inner,
            _listeners: listeners,
        }
    }

    /// Creates an offer and reports it, without setting it.
    pub(super) fn create_offer(&self) {
        let created = self.inner.connection.create_offer();
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let outcome = created.await;
            let Some(inner) = peer.upgrade() else { return };
            match outcome {
                Ok(created) => {
                    let created: RtcSessionDescriptionInit = created.unchecked_into();
                    let offer = SessionDescription {
                        sdp_type: SdpType::Offer,
                        sdp: created.get_sdp().unwrap_or_default(),
                    };
                    inner.events(|_| PeerEvent::OfferCreated(offer));
                }
                Err(error) => inner.fail(&JsError::from(error)),
            }
        });
    }

    /// Sets the created offer, or lets the browser create the description that is due, and reports it.
    pub(super) fn set_local_description(&self, offer: Option<&SessionDescription>) {
        let connection = &self.inner.connection;
        let ahead = self.inner.offer_set.take();
        let set = match (offer, ahead) {
            (Some(offer), _) => connection.set_local_description(&init(offer)),
            (None, Some(ahead)) => ahead,
            (None, None) => connection.set_implicit_local_description(),
        };
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let outcome = settled(set).await;
            let Some(inner) = peer.upgrade() else { return };
            inner.prefer_codecs();
            // Chromium has encodings to limit once a local description is set.
            for source in Source::ALL {
                inner.change_parameters(source, false);
            }
            match outcome.and_then(|()| inner.local_description()) {
                Ok(description) => inner.events(|signaling_state| PeerEvent::LocalDescriptionSet {
                    description,
                    signaling_state,
                }),
                Err(error) => inner.fail(&error),
            }
        });
    }

    /// Sets the peer's description; for an offer, also prepares channel and transceivers for the answer.
    pub(super) fn set_remote_description(&self, description: &SessionDescription) {
        let offered = description.sdp_type == SdpType::Offer;
        let has_channel = description.sdp.contains("m=application");
        let set = self.inner.connection.set_remote_description(&init(description));
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let outcome = settled(set).await;
            let Some(pending) = peer.upgrade().map(|inner| {
                if offered {
                    inner.take_over(has_channel && outcome.is_ok())
                } else {
                    Vec::new()
                }
            }) else {
                return;
            };
            for replaced in pending {
                log_failure(replaced, "track not sent").await;
            }
            let Some(inner) = peer.upgrade() else { return };
            inner.prefer_codecs();
            match outcome {
                Ok(()) => inner.events(PeerEvent::RemoteDescriptionSet),
                Err(error) => inner.fail(&error),
            }
        });
    }

    /// Adds a candidate of the peer. A failure is only logged: other candidates may work.
    pub(super) fn add_ice_candidate(&self, candidate: &IceCandidate) {
        let init: CandidateInit = web_sys::RtcIceCandidateInit::new(&candidate.candidate).unchecked_into();
        init.set_sdp_mid(candidate.sdp_mid.as_deref());
        init.set_sdp_m_line_index(candidate.sdp_m_line_index);
        if let Some(fragment) = &candidate.username_fragment {
            init.set_username_fragment(Some(fragment));
        }
        let added = self
            .inner
            .connection
            .add_ice_candidate_with_opt_rtc_ice_candidate_init(Some(&init));
        spawn_local(log_failure(added, "candidate not added"));
    }

    /// Restarts ICE, with these servers if there are any; `NegotiationNeeded` follows.
    pub(super) fn restart_ice(&self, ice_servers: &[IceServer]) {
        let connection = &self.inner.connection;
        if !ice_servers.is_empty() {
            let ice_config = IceConfig {
                ice_servers,
                relay_only: self.inner.relay_only,
            };
            if let Err(error) = reconfigure(connection, ice_config) {
                error.log("the browser refuses the new ICE servers");
            }
        }
        connection.restart_ice();
    }

    /// Sends a signal over the data channel, if there is one.
    pub(super) fn send_on_data_channel(&self, envelope: &SignalEnvelope) {
        if let Some(channel) = &*self.inner.channel.borrow() {
            channel.send(envelope);
        }
    }

    /// The streams on which the peer's tracks arrive.
    pub(super) fn streams(&self) -> &PeerStreams {
        &self.inner.streams
    }

    /// Reads the energy of the microphone and reports it, one read at a time; returns false if this connection does not
    /// send the microphone.
    pub(super) fn measure_voice(&self) -> bool {
        let sender = self.inner.transceivers.borrow().sender(Source::Microphone);
        let Some(sender) = sender.filter(|sender| sender.track().is_some()) else {
            return false;
        };
        if self.inner.listening.replace(true) {
            return true;
        }
        let stats = sender.get_stats();
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let outcome = stats.await;
            let Some(inner) = peer.upgrade() else { return };
            inner.listening.set(false);
            match outcome {
                Ok(report) => {
                    if let Ok(energy) = inner.voice.read(&report) {
                        inner.events.send(Event::VoiceMeasured(energy));
                    }
                }
                Err(error) => JsError::from(error).log("the microphone is not measured"),
            }
        });
        true
    }

    /// Reads the statistics and reports them, one read at a time, so that a slow browser is not overloaded.
    pub(super) fn measure_quality(&self) {
        if self.inner.measuring.replace(true) {
            return;
        }
        let stats = self.inner.connection.get_stats();
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let outcome = stats.await;
            let Some(inner) = peer.upgrade() else { return };
            inner.measuring.set(false);
            match outcome {
                Ok(report) => {
                    let playing = Playback::look().of(&inner.streams);
                    let mids = inner.transceivers.borrow().mids();
                    inner.events.send(Event::QualityMeasured {
                        peer: inner.peer,
                        epoch: inner.epoch,
                        sample: Box::new(inner.stats.read(&report, &mids, playing)),
                    });
                }
                Err(error) => JsError::from(error).log("no statistics"),
            }
        });
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.inner.connection.close();
    }
}

impl Inner {
    fn take_over(&self, has_channel: bool) -> Vec<Promise> {
        let mut channel = self.channel.borrow_mut();
        if has_channel && channel.is_none() {
            let created = DataChannel::create(&self.connection);
            *channel = Some(DataChannel::new(created, (self.peer, self.epoch), &self.events));
        }
        self.transceivers
            .borrow_mut()
            .take_over(&self.connection, &self.tracks)
    }

    fn local_description(&self) -> Result<SessionDescription, JsError> {
        let set = self
            .connection
            .local_description()
            .ok_or_else(|| JsError::missing("localDescription"))?;
        let sdp_type = if set.type_() == RtcSdpType::Offer {
            SdpType::Offer
        } else {
            SdpType::Answer
        };
        Ok(SessionDescription {
            sdp_type,
            sdp: set.sdp(),
        })
    }

    fn fail(&self, error: &JsError) {
        error.log("description not created or set");
        self.events(PeerEvent::DescriptionFailed);
    }

    fn events(&self, event: impl FnOnce(SignalingState) -> PeerEvent) {
        let state = signaling_state(self.connection.signaling_state());
        self.events.send(Event::Peer {
            peer: self.peer,
            epoch: self.epoch,
            event: event(state),
        });
    }
}

fn init(description: &SessionDescription) -> RtcSessionDescriptionInit {
    let init = RtcSessionDescriptionInit::new(match description.sdp_type {
        SdpType::Offer => RtcSdpType::Offer,
        SdpType::Answer => RtcSdpType::Answer,
    });
    init.set_sdp(&description.sdp);
    init
}

/// Waits for a promise whose result is not used, to log a failure for developers.
pub(super) async fn log_failure(promise: Promise, what: &str) {
    if let Err(error) = settled(promise).await {
        error.log(what);
    }
}
