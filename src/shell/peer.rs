//! One `RTCPeerConnection`: one peer, one epoch.
//!
//! It reports only while it is open. What is asked of the browser holds no connection while it waits: promises
//! of a connection that was closed never settle (W3C WebRTC §4.4.1.2), and would keep it alive for ever.

mod listeners;
mod states;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use call_core::{Event, PeerEvent, SignalingState, Source};
use gloo_events::EventListener;
use js_sys::Promise;
use protocol::http::IceServer;
use protocol::{Epoch, IceCandidate, Parcel, ParticipantId, SdpType, SessionDescription};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{RtcSdpType, RtcSessionDescriptionInit};

use super::browser::{CandidateInit, Connection};
use super::data_channel::DataChannel;
use super::ice_configuration::{Ways, connect, reconfigure};
use super::js_error::{JsError, settled};
use super::level::Level;
use super::local_tracks::LocalTracks;
use super::playback;
use super::report::Report;
use super::stats;
use super::transceivers::Transceivers;
use crate::platform::PeerStreams;
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
    relay_only: bool,
    tracks: LocalTracks,
    report: Report,
    level: Level,
    measuring: Cell<bool>,
}

impl Peer {
    /// Makes the connection. Tracks of the other end go into `streams`.
    pub(super) fn open(
        (peer, epoch): (ParticipantId, Epoch),
        offers: bool,
        ways: Ways<'_>,
        streams: PeerStreams,
        tracks: LocalTracks,
        report: Report,
    ) -> Result<Self, JsError> {
        let connection = connect(ways)?;
        let transceivers = if offers {
            Transceivers::add(&connection, &tracks)
        } else {
            Transceivers::default()
        };
        let channel = offers.then(|| DataChannel::make(&connection, (peer, epoch), &report));
        let inner = Rc::new(Inner {
            peer,
            epoch,
            connection,
            transceivers: RefCell::new(transceivers),
            streams,
            channel: RefCell::new(channel),
            relay_only: ways.relay_only,
            tracks,
            report,
            level: Level::default(),
            measuring: Cell::default(),
        });
        let listeners = inner.listen();
        Ok(Self {
            inner,
            _listeners: listeners,
        })
    }

    /// Creates an offer and reports it; nothing is set.
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
                    inner.report(|_| PeerEvent::OfferCreated(offer));
                }
                Err(error) => inner.fail(&JsError::from(error)),
            }
        });
    }

    /// Sets the offer that was created, or lets the browser create the description that is due, and reports it.
    pub(super) fn set_local_description(&self, offer: Option<&SessionDescription>) {
        let connection = &self.inner.connection;
        let set = match offer {
            Some(offer) => connection.set_local_description(&init(offer)),
            None => connection.set_implicit_local_description(),
        };
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let outcome = settled(set).await;
            let Some(inner) = peer.upgrade() else { return };
            for bounded in inner.transceivers.borrow().bound() {
                spawn_local(log_failure(bounded, "an encoder knows no bounds"));
            }
            match outcome.and_then(|()| inner.local_description()) {
                Ok(description) => inner.report(|signaling_state| PeerEvent::LocalDescriptionSet {
                    description,
                    signaling_state,
                }),
                Err(error) => inner.fail(&error),
            }
        });
    }

    /// Takes the other end's description; for an offer, makes ready what the answer shall say.
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
                log_failure(replaced, "a track cannot be sent").await;
            }
            let Some(inner) = peer.upgrade() else { return };
            match outcome {
                Ok(()) => inner.report(PeerEvent::RemoteDescriptionSet),
                Err(error) => inner.fail(&error),
            }
        });
    }

    /// Takes a candidate of the other end. One that fails is lost, others may do.
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
        spawn_local(log_failure(added, "a candidate is of no use"));
    }

    /// Looks for a new way to the other end, by these servers if there are any; `NegotiationNeeded` follows.
    pub(super) fn restart_ice(&self, ice_servers: &[IceServer]) {
        let connection = &self.inner.connection;
        if !ice_servers.is_empty() {
            let ways = Ways {
                ice_servers,
                relay_only: self.inner.relay_only,
            };
            if let Err(error) = reconfigure(connection, ways) {
                error.log("the new ICE servers are of no use");
            }
        }
        connection.restart_ice();
    }

    /// Sends a signal past the server, if there is a channel for it.
    pub(super) fn send_past(&self, parcel: &Parcel) {
        if let Some(channel) = &*self.inner.channel.borrow() {
            channel.send(parcel);
        }
    }

    /// How loud the other end's microphone is, if sound came since the last time.
    pub(super) fn level(&self) -> Option<f32> {
        let receiver = self.inner.transceivers.borrow().receiver(Source::Microphone)?;
        self.inner.level.read(&receiver)
    }

    /// Looks at the statistics, and reports them. One look at a time: a browser that is slow gets no more to do.
    pub(super) fn measure_quality(&self) {
        if self.inner.measuring.replace(true) {
            return;
        }
        let report = self.inner.connection.get_stats();
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let outcome = report.await;
            let Some(inner) = peer.upgrade() else { return };
            inner.measuring.set(false);
            match outcome {
                Ok(report) => {
                    let playing = playback::look(&inner.streams);
                    let sample = stats::read(&report, &inner.transceivers.borrow().mids(), playing);
                    let sample = Box::new(sample);
                    inner.report.send(Event::QualityMeasured {
                        peer: inner.peer,
                        epoch: inner.epoch,
                        sample,
                    });
                }
                Err(error) => JsError::from(error).log("no statistics"),
            }
        });
    }

    /// Begins all pictures anew that are sent.
    pub(super) fn refresh_pictures(&self) {
        for refreshed in self.inner.transceivers.borrow().refresh() {
            spawn_local(log_failure(refreshed, "a picture goes on as it is"));
        }
    }

    /// Takes the track of a source from its sender and gives it what the source gives by then.
    pub(super) fn reset_track(&self, source: Source) {
        let Some(taken) = self.inner.transceivers.borrow().take_track(source) else {
            return;
        };
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            log_failure(taken, "a track cannot be taken from its sender").await;
            let Some(inner) = peer.upgrade() else { return };
            let given = inner.transceivers.borrow().replace(source, &inner.tracks);
            if let Some(given) = given {
                drop(inner);
                log_failure(given, "a track cannot be sent").await;
            }
        });
    }

    /// Sends what a source gives now.
    pub(super) fn replace_track(&self, source: Source) {
        if let Some(replaced) = self
            .inner
            .transceivers
            .borrow()
            .replace(source, &self.inner.tracks)
        {
            spawn_local(log_failure(replaced, "a track cannot be sent"));
        }
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
            *channel = Some(DataChannel::make(
                &self.connection,
                (self.peer, self.epoch),
                &self.report,
            ));
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
        error.log("a description cannot be set");
        self.report(PeerEvent::DescriptionFailed);
    }

    fn report(&self, event: impl FnOnce(SignalingState) -> PeerEvent) {
        let state = signaling_state(self.connection.signaling_state());
        self.report.send(Event::Peer {
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

/// Waits for what nobody waits for, so that a failure is seen by a developer.
pub(super) async fn log_failure(promise: Promise, what: &str) {
    if let Err(error) = settled(promise).await {
        error.log(what);
    }
}
