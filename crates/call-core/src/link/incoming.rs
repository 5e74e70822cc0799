//! Handling of signals from the peer, and of events from the browser's connection.

use protocol::{Epoch, IceCandidate, Signal, SignalEnvelope};

use super::Link;
use super::guard::Guard;
use super::negotiation::{Negotiation, Order, Received};
use crate::conference::ConnectivityReport;
use crate::turn::Turn;
use crate::uplink::Shown;
use crate::{PeerEvent, PeerOrder, Video};

impl Link {
    /// Handles an envelope from the peer, received through the server or the data channel. Drops one of another epoch.
    pub(crate) fn received(&mut self, turn: &mut Turn, epoch: Epoch, envelope: SignalEnvelope) {
        let stale = epoch != self.epoch && self.guards.stand(Guard::EpochsMatch);
        if stale || self.orphaned {
            return;
        }
        for signal in self.signals.receive(envelope) {
            self.receive(turn, signal);
        }
        self.update_signal_timers(turn);
    }

    /// Handles one signal, in sequence. An unknown, malformed or oversized signal is dropped; it is acked all the
    /// same, so that it is not retransmitted.
    fn receive(&mut self, turn: &mut Turn, signal: Signal) {
        if !signal.is_bounded() {
            return;
        }
        match signal {
            Signal::Media {
                camera,
                microphone,
                screen,
                paused,
            } => {
                self.camera = camera;
                self.microphone = microphone;
                self.screen = screen;
                // Whatever the peer lists, there are two videos.
                let videos = Video::ALL.into_iter().map(Video::source);
                self.paused = videos.filter(|video| paused.contains(video)).collect();
            }
            Signal::Hears { heard, missed } => {
                self.report = Some(ConnectivityReport::received(heard, missed));
                self.reports = self.reports.wrapping_add(1);
            }
            Signal::Refresh { source, how } => self.refresh(turn, source, how),
            Signal::Speaking { speaking } => {
                if speaking && !self.speaking {
                    self.attention.speech_began(turn.now());
                }
                self.speaking = speaking;
            }
            Signal::Shown { camera, screen } => self.sender.shows(Shown { camera, screen }),
            Signal::Description(description) => {
                self.negotiate(turn, |n| n.received(Received::Description(description)));
            }
            Signal::Candidate(candidate) => {
                self.negotiate(turn, |n| n.received(Received::Candidate(candidate)));
            }
            Signal::Unknown {} => {}
        }
    }

    /// Handles an event from the browser's connection.
    pub(crate) fn event(&mut self, turn: &mut Turn, event: PeerEvent) {
        match event {
            PeerEvent::NegotiationNeeded => self.negotiate(turn, Negotiation::needed),
            PeerEvent::OfferCreated(offer) => self.negotiate(turn, |n| n.offer_created(offer)),
            PeerEvent::LocalDescriptionSet {
                description,
                signaling_state,
            } => {
                // What was gathered ahead of the call is part of the description.
                self.note_relay(&description.sdp);
                self.negotiate(turn, |n| n.local_set(description, signaling_state));
            }
            PeerEvent::RemoteDescriptionSet(state) => self.negotiate(turn, |n| n.remote_set(state)),
            PeerEvent::DescriptionFailed(state) => self.negotiate(turn, |n| n.failed(state)),
            PeerEvent::CandidateGathered(candidate) => self.gathered(turn, candidate),
            PeerEvent::RelayFailed(code) => {
                self.recovery.relay_failed(code);
                self.watch(turn);
            }
            PeerEvent::ConnectionChanged(state) => {
                self.recovery.changed(state);
                self.watch(turn);
            }
            PeerEvent::IceConnectionChanged(state) => {
                if self.key_frames.ends(state) {
                    self.order(turn, PeerOrder::SendKeyFrames);
                }
            }
            PeerEvent::ChannelChanged(open) => self.channel_changed(turn, open),
            PeerEvent::DataChannelMessage(envelope) => self.received(turn, self.epoch, envelope),
            // For the trace of the loopback call only. A link goes by the results of its operations and by
            // `connectionState`.
            PeerEvent::SignalingChanged(_)
            | PeerEvent::IceGatheringChanged(_)
            | PeerEvent::FirstFrame { .. } => {}
        }
    }

    fn gathered(&mut self, turn: &mut Turn, candidate: IceCandidate) {
        self.note_relay(&candidate.candidate);
        self.negotiate(turn, |negotiation| negotiation.gathered(candidate));
    }

    /// Notes whether a candidate, or one in a description, is that of a relay.
    fn note_relay(&mut self, candidates: &str) {
        if candidates.contains(" typ relay") {
            self.recovery.relay_found();
        }
    }

    /// Runs a step of the negotiation, and carries out its orders.
    pub(crate) fn negotiate(&mut self, turn: &mut Turn, step: impl FnOnce(&mut Negotiation) -> Vec<Order>) {
        let orders = step(&mut self.negotiation);
        self.carry(turn, orders);
    }

    fn carry(&mut self, turn: &mut Turn, orders: Vec<Order>) {
        for order in orders {
            match order {
                Order::CreateOffer => self.order(turn, PeerOrder::CreateOffer),
                Order::SetLocal(offer) => self.order(turn, PeerOrder::SetLocalDescription(offer)),
                Order::SetRemote(description) => {
                    self.order(turn, PeerOrder::SetRemoteDescription(description));
                }
                Order::AddCandidate(candidate) => self.order(turn, PeerOrder::AddIceCandidate(candidate)),
                Order::SendDescription(description) => {
                    self.send_signal(turn, Signal::Description(description));
                }
                Order::SendCandidate(candidate) => self.send_signal(turn, Signal::Candidate(candidate)),
                // Bounded by recovery: a description that never works must not be retried at network speed.
                Order::GiveUp => self.renew(turn),
            }
        }
        self.watch(turn);
        self.update_signal_timers(turn);
    }
}
