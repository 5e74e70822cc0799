//! A browser's peer connections, as far as negotiation goes (JSEP, RFC 9429): descriptions and candidates.
//!
//! It is strict where browsers are: a description in the wrong state and a candidate before any description
//! are faults of the core, and end the test. So is an offer that would roll back one of its own.

use std::collections::BTreeMap;

use call_core::{ConnectionState, Event, PeerEvent, PeerOrder, SignalingState};
use protocol::{Epoch, IceCandidate, ParticipantId, SdpType, SessionDescription};

/// A browser, by its connections.
#[derive(Default)]
pub struct Browser {
    peers: BTreeMap<ParticipantId, SimulatedPeer>,
    made: u64,
    /// How many connections were made.
    pub opened: usize,
    /// How many were closed.
    pub closed: usize,
}

/// One connection. A description's text names its maker and its turn: `offer <serial>`, `answer <serial of the offer>`.
pub struct SimulatedPeer {
    /// Which attempt it is.
    pub epoch: Epoch,
    state: SignalingState,
    /// Created, and not set.
    created_offer: Option<String>,
    pending_offer: Option<String>,
    remote_offer: Option<String>,
    agreed: Option<String>,
    candidates: usize,
    needs_offer: bool,
    connected: bool,
    /// Whether pictures of the screen go out.
    pub sends_screen: bool,
}

impl Browser {
    /// The connection with a peer, if there is one.
    pub fn peer(&self, id: ParticipantId) -> Option<&SimulatedPeer> {
        self.peers.get(&id)
    }

    /// Something that calls for an offer, such as a track that is added.
    pub fn change(&mut self, id: ParticipantId) -> Vec<Event> {
        let Some(peer) = self.peers.get_mut(&id) else {
            return Vec::new();
        };
        peer.needs_offer = true;
        peer.negotiation_needed(id)
    }

    /// An order for a connection; gives what the browser reports of it.
    pub fn carry_out(&mut self, id: ParticipantId, epoch: Epoch, order: PeerOrder) -> Vec<Event> {
        match order {
            PeerOrder::Open { offers, .. } => self.open(id, epoch, offers),
            PeerOrder::Close => {
                let closed = self.peers.remove(&id);
                let same = closed.is_none_or(|closed| closed.epoch == epoch);
                assert!(same, "closed under another epoch");
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
            // No media flow here; a world says itself what becomes of a shared screen.
            PeerOrder::SendPast(_)
            | PeerOrder::ReplaceTrack(_)
            | PeerOrder::ResetTrack(_)
            | PeerOrder::RefreshPictures
            | PeerOrder::AwaitPicture => Vec::new(),
        }
    }

    /// The track in the screen's sender is another, or none; no offer follows from it.
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
        assert_eq!(peer.state, SignalingState::Stable, "an offer is created");
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
                            "the offer that was created last"
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
            (state, _) => panic!("a local description in {state:?}"),
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
                let offer = peer.pending_offer.take().expect("an offer that waits");
                assert_eq!(
                    description.sdp,
                    format!("answer to {offer}"),
                    "the answer to another offer"
                );
                peer.agreed = Some(offer);
                peer.state = SignalingState::Stable;
            }
            (sdp_type, state) => panic!("a remote {sdp_type:?} in {state:?}"),
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

    /// Whether both ends hold the same agreement, of the same attempt, and know ways to each other.
    pub fn match_up(one: &Self, other_id: ParticipantId, other: &Self, one_id: ParticipantId) -> bool {
        let (Some(a), Some(b)) = (one.peers.get(&other_id), other.peers.get(&one_id)) else {
            return false;
        };
        let agreed = a.agreed.is_some() && a.agreed == b.agreed && a.epoch == b.epoch;
        agreed && a.has_candidates() && b.has_candidates()
    }

    /// With whom there are connections.
    pub fn ids(&self) -> Vec<ParticipantId> {
        self.peers.keys().copied().collect()
    }

    /// The other end is gone.
    pub fn lost(&mut self, id: ParticipantId) -> Vec<Event> {
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

    /// The other end was found.
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
        let peer = self
            .peers
            .get_mut(&id)
            .expect("an order for a connection that is open");
        assert_eq!(peer.epoch, epoch, "an order for another epoch");
        peer
    }
}

impl SimulatedPeer {
    /// Nothing is left to negotiate.
    pub fn assert_stable(&self) {
        assert_eq!(self.state, SignalingState::Stable);
        assert!(!self.needs_offer, "an offer is still wanted");
    }

    /// What both ends agreed on last.
    pub fn agreed(&self) -> Option<&str> {
        self.agreed.as_deref()
    }

    /// Whether the peer's candidates have come.
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
