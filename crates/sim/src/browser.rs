//! Simulates a browser's peer connections as far as negotiation goes (JSEP, RFC 9429): descriptions and candidates.
//!
//! It is as strict as browsers: a description in the wrong state, or a candidate before any remote
//! description, is a bug of the core and fails the test. So does an offer that would need a rollback.

use std::collections::BTreeMap;

use call_core::{ConnectionState, Event, NewConnection, PeerEvent, PeerOrder, SignalingState};
use protocol::{Epoch, IceCandidate, ParticipantId, SdpType, SessionDescription};

/// A simulated browser with its peer connections.
#[derive(Default)]
pub struct Browser {
    peers: BTreeMap<ParticipantId, SimulatedPeer>,
    made: u64,
    /// Number of connections opened.
    pub opened: usize,
    /// Number of connections closed.
    pub closed: usize,
}

/// One connection. An SDP names its serial: `offer <epoch> <serial>`, and `answer to <the offer's SDP>`.
pub struct SimulatedPeer {
    /// The epoch of the connection.
    pub epoch: Epoch,
    state: SignalingState,
    /// The offer created but not yet set.
    created_offer: Option<String>,
    pending_offer: Option<String>,
    remote_offer: Option<String>,
    agreed: Option<String>,
    candidates: usize,
    needs_offer: bool,
    connected: bool,
    /// Whether it sends video of the screen.
    pub sends_screen: bool,
}

impl Browser {
    /// The connection with a peer, if there is one.
    pub fn peer(&self, id: ParticipantId) -> Option<&SimulatedPeer> {
        self.peers.get(&id)
    }

    /// A change that requires negotiation, such as an added track.
    pub fn change(&mut self, id: ParticipantId) -> Vec<Event> {
        let Some(peer) = self.peers.get_mut(&id) else {
            return Vec::new();
        };
        peer.needs_offer = true;
        peer.negotiation_needed(id)
    }

    /// Carries out an order for a connection; returns the events that the browser reports.
    pub fn carry_out(&mut self, id: ParticipantId, epoch: Epoch, order: PeerOrder) -> Vec<Event> {
        match order {
            PeerOrder::Open(NewConnection { offers, .. }) => self.open(id, epoch, offers),
            PeerOrder::Close => {
                let closed = self.peers.remove(&id);
                let same = closed.is_none_or(|closed| closed.epoch == epoch);
                assert!(same, "closed with another epoch");
                self.closed += 1;
                Vec::new()
            }
            PeerOrder::CreateOffer => self.create_offer(id, epoch),
            PeerOrder::SetLocalDescription(offer) => self.set_local(id, epoch, offer),
            PeerOrder::SetRemoteDescription(description) => self.set_remote(id, epoch, description),
            PeerOrder::AddIceCandidate(_) => {
                let peer = self.at(id, epoch);
                let described = peer.agreed.is_some() || peer.remote_offer.is_some();
                assert!(described, "a candidate before any remote description");
                peer.candidates += 1;
                Vec::new()
            }
            PeerOrder::RestartIce(_) => self.change(id),
            // No media is simulated; the world reports what happens to a shared screen.
            PeerOrder::SendOnDataChannel(_)
            | PeerOrder::ReplaceTrack(_)
            | PeerOrder::ResetTrack(_)
            | PeerOrder::LimitVideo(..)
            | PeerOrder::SendKeyFrames
            | PeerOrder::MeasureQuality
            | PeerOrder::AwaitFirstFrame => Vec::new(),
        }
    }

    /// Sets whether the screen's sender has a track; this needs no negotiation.
    pub fn send_screen(&mut self, id: ParticipantId, epoch: Epoch, sends: bool) {
        self.at(id, epoch).sends_screen = sends;
    }

    fn open(&mut self, id: ParticipantId, epoch: Epoch, offers: bool) -> Vec<Event> {
        assert!(
            !self.peers.contains_key(&id),
            "a second connection with the same peer"
        );
        self.opened += 1;
        let peer = SimulatedPeer {
            epoch,
            state: SignalingState::Stable,
            created_offer: None,
            pending_offer: None,
            remote_offer: None,
            agreed: None,
            candidates: 0,
            needs_offer: offers,
            connected: false,
            sends_screen: false,
        };
        let events = peer.negotiation_needed(id);
        self.peers.insert(id, peer);
        events
    }

    fn create_offer(&mut self, id: ParticipantId, epoch: Epoch) -> Vec<Event> {
        self.made += 1;
        let serial = self.made;
        let peer = self.at(id, epoch);
        assert_eq!(
            peer.state,
            SignalingState::Stable,
            "an offer must be created in stable"
        );
        let sdp = format!("offer {} {serial}", epoch.0);
        peer.created_offer = Some(sdp.clone());
        let offer = SessionDescription {
            sdp_type: SdpType::Offer,
            sdp,
        };
        vec![Event::Peer {
            peer: id,
            epoch,
            event: PeerEvent::OfferCreated(offer),
        }]
    }

    fn set_local(
        &mut self,
        id: ParticipantId,
        epoch: Epoch,
        offer: Option<SessionDescription>,
    ) -> Vec<Event> {
        self.made += 1;
        let serial = self.made;
        let peer = self.at(id, epoch);
        let (sdp_type, sdp) = match (peer.state, offer) {
            (SignalingState::Stable, offer) => {
                let created = peer.created_offer.take();
                let sdp = offer.map_or_else(
                    || format!("offer {} {serial}", epoch.0),
                    |offer| {
                        assert_eq!(
                            created.as_ref(),
                            Some(&offer.sdp),
                            "must be the offer created last"
                        );
                        offer.sdp
                    },
                );
                peer.state = SignalingState::HaveLocalOffer;
                peer.pending_offer = Some(sdp.clone());
                peer.needs_offer = false;
                (SdpType::Offer, sdp)
            }
            (SignalingState::HaveRemoteOffer, None) => {
                let offer = peer.remote_offer.clone().expect("an offer to answer");
                peer.state = SignalingState::Stable;
                peer.agreed = Some(offer.clone());
                (SdpType::Answer, format!("answer to {offer}"))
            }
            (state, _) => panic!("local description set in {state:?}"),
        };
        let signaling_state = peer.state;
        let description = SessionDescription { sdp_type, sdp };
        let mut events = vec![Event::Peer {
            peer: id,
            epoch,
            event: PeerEvent::LocalDescriptionSet {
                description,
                signaling_state,
            },
        }];
        for number in 0..2 {
            let candidate = IceCandidate {
                candidate: format!("candidate {serial}.{number}"),
                sdp_mid: Some("0".to_owned()),
                sdp_m_line_index: Some(0),
                username_fragment: None,
            };
            events.push(Event::Peer {
                peer: id,
                epoch,
                event: PeerEvent::CandidateGathered(candidate),
            });
        }
        events.extend(self.at(id, epoch).negotiation_needed(id));
        events
    }

    fn set_remote(&mut self, id: ParticipantId, epoch: Epoch, description: SessionDescription) -> Vec<Event> {
        let peer = self.at(id, epoch);
        match (description.sdp_type, peer.state) {
            (SdpType::Offer, SignalingState::Stable) => {
                peer.created_offer = None;
                peer.remote_offer = Some(description.sdp);
                peer.state = SignalingState::HaveRemoteOffer;
            }
            (SdpType::Answer, SignalingState::HaveLocalOffer) => {
                let offer = peer.pending_offer.take().expect("a pending offer");
                assert_eq!(
                    description.sdp,
                    format!("answer to {offer}"),
                    "must answer the pending offer"
                );
                peer.agreed = Some(offer);
                peer.state = SignalingState::Stable;
            }
            (sdp_type, state) => panic!("remote {sdp_type:?} set in {state:?}"),
        }
        let signaling_state = peer.state;
        let mut events = vec![Event::Peer {
            peer: id,
            epoch,
            event: PeerEvent::RemoteDescriptionSet(signaling_state),
        }];
        events.extend(peer.negotiation_needed(id));
        events
    }

    /// Whether both ends have agreed on the same descriptions, in the same epoch, and have each other's candidates.
    pub fn match_up(one: &Self, other_id: ParticipantId, other: &Self, one_id: ParticipantId) -> bool {
        let (Some(a), Some(b)) = (one.peers.get(&other_id), other.peers.get(&one_id)) else {
            return false;
        };
        let agreed = a.agreed.is_some() && a.agreed == b.agreed && a.epoch == b.epoch;
        agreed && a.has_candidates() && b.has_candidates()
    }

    /// The peers with which there are connections.
    pub fn ids(&self) -> Vec<ParticipantId> {
        self.peers.keys().copied().collect()
    }

    /// Reports a lost connection, if it was connected.
    pub fn disconnected(&mut self, id: ParticipantId) -> Vec<Event> {
        let Some(peer) = self.peers.get_mut(&id) else {
            return Vec::new();
        };
        if !std::mem::replace(&mut peer.connected, false) {
            return Vec::new();
        }
        vec![Event::Peer {
            peer: id,
            epoch: peer.epoch,
            event: PeerEvent::ConnectionChanged(ConnectionState::Disconnected),
        }]
    }

    /// Reports an established connection, if it was not connected.
    pub fn connected(&mut self, id: ParticipantId) -> Vec<Event> {
        let Some(peer) = self.peers.get_mut(&id) else {
            return Vec::new();
        };
        if std::mem::replace(&mut peer.connected, true) {
            return Vec::new();
        }
        vec![Event::Peer {
            peer: id,
            epoch: peer.epoch,
            event: PeerEvent::ConnectionChanged(ConnectionState::Connected),
        }]
    }

    fn at(&mut self, id: ParticipantId, epoch: Epoch) -> &mut SimulatedPeer {
        let peer = self.peers.get_mut(&id).expect("an order for an open connection");
        assert_eq!(peer.epoch, epoch, "an order for another epoch");
        peer
    }
}

impl SimulatedPeer {
    /// Asserts that nothing is left to negotiate.
    pub fn assert_stable(&self) {
        assert_eq!(self.state, SignalingState::Stable);
        assert!(!self.needs_offer, "an offer is still needed");
    }

    /// The offer on which both ends agreed last.
    pub fn agreed(&self) -> Option<&str> {
        self.agreed.as_deref()
    }

    /// Whether candidates of the peer have arrived.
    pub fn has_candidates(&self) -> bool {
        self.candidates > 0
    }

    fn negotiation_needed(&self, id: ParticipantId) -> Vec<Event> {
        if self.needs_offer && self.state == SignalingState::Stable {
            vec![Event::Peer {
                peer: id,
                epoch: self.epoch,
                event: PeerEvent::NegotiationNeeded,
            }]
        } else {
            Vec::new()
        }
    }
}
