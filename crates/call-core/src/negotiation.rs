//! Perfect negotiation of one connection (W3C WebRTC §10.7): either end may offer at any time, and offers that
//! cross end well.
//!
//! One operation at a time is handed to the browser; what arrives meanwhile queues. So the state that the
//! browser reported last is the state that it is in, and the collision rule needs no flags for work under way.
//! The impolite end ignores an offer that crosses its own; the polite end lets its own go (the browser rolls
//! it back). Candidates wait for the description that they belong to, on both ends.

use std::collections::VecDeque;

use protocol::{IceCandidate, SdpType, SessionDescription};

use crate::SignalingState;

/// The negotiation of one epoch of a link.
#[derive(Clone, Debug)]
pub(crate) struct Negotiation {
    polite: bool,
    open: bool,
    state: SignalingState,
    step: Option<Step>,
    offer_wanted: bool,
    answer_due: bool,
    /// The offer that came last crossed ours and was ignored; so are the candidates that follow it.
    ignoring: bool,
    remote_known: bool,
    inbox: VecDeque<Received>,
    /// Theirs, that came before any description.
    early: Vec<IceCandidate>,
    /// Ours, that were found before their description was sent.
    unsent: Vec<IceCandidate>,
}

/// The operation that the browser is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Local,
    RemoteOffer,
    RemoteAnswer,
}

/// What came from the other end.
#[derive(Clone, Debug)]
pub(crate) enum Received {
    Description(SessionDescription),
    Candidate(IceCandidate),
}

/// What is to be done next, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    SetLocal,
    SetRemote(SessionDescription),
    AddCandidate(IceCandidate),
    SendDescription(SessionDescription),
    SendCandidate(IceCandidate),
    /// The browser would not take a step; only a new connection helps.
    GiveUp,
}

impl Negotiation {
    /// A negotiation for a connection that is yet to be made; what comes before [`Self::opened`] waits.
    pub(crate) fn new(polite: bool) -> Self {
        Self {
            polite,
            open: false,
            state: SignalingState::Stable,
            step: None,
            offer_wanted: false,
            answer_due: false,
            ignoring: false,
            remote_known: false,
            inbox: VecDeque::new(),
            early: Vec::new(),
            unsent: Vec::new(),
        }
    }

    /// Whether both ends have agreed, and nothing is under way.
    pub(crate) fn settled(&self) -> bool {
        self.remote_known
            && self.state == SignalingState::Stable
            && self.step.is_none()
            && !self.answer_due
            && !self.offer_wanted
    }

    /// The connection is there.
    pub(crate) fn opened(&mut self) -> Vec<Order> {
        self.open = true;
        self.next(Vec::new())
    }

    /// The connection wants an offer.
    pub(crate) fn needed(&mut self) -> Vec<Order> {
        self.offer_wanted = true;
        self.next(Vec::new())
    }

    /// Something came from the other end.
    pub(crate) fn received(&mut self, what: Received) -> Vec<Order> {
        self.inbox.push_back(what);
        self.next(Vec::new())
    }

    /// A candidate of ours was found.
    pub(crate) fn gathered(&mut self, candidate: IceCandidate) -> Vec<Order> {
        if self.step == Some(Step::Local) {
            self.unsent.push(candidate);
            return Vec::new();
        }
        vec![Order::SendCandidate(candidate)]
    }

    /// The browser set our description.
    pub(crate) fn local_set(&mut self, description: SessionDescription, state: SignalingState) -> Vec<Order> {
        self.step = None;
        self.state = state;
        let mut orders = vec![Order::SendDescription(description)];
        orders.extend(self.unsent.drain(..).map(Order::SendCandidate));
        self.next(orders)
    }

    /// The browser set their description.
    pub(crate) fn remote_set(&mut self, state: SignalingState) -> Vec<Order> {
        self.answer_due = self.step == Some(Step::RemoteOffer);
        self.step = None;
        self.state = state;
        self.remote_known = true;
        let orders = self.early.drain(..).map(Order::AddCandidate).collect();
        self.next(orders)
    }

    /// The browser would not set a description.
    pub(crate) fn failed(&mut self, state: SignalingState) -> Vec<Order> {
        self.step = None;
        self.state = state;
        self.open = false;
        vec![Order::GiveUp]
    }

    /// Goes on until the browser has something to do, or there is nothing to do.
    fn next(&mut self, mut orders: Vec<Order>) -> Vec<Order> {
        while self.open && self.step.is_none() {
            if std::mem::take(&mut self.answer_due) {
                self.step = Some(Step::Local);
                orders.push(Order::SetLocal);
            } else if let Some(received) = self.inbox.pop_front() {
                orders.extend(self.take(received));
            } else if self.offer_wanted && self.state == SignalingState::Stable {
                self.offer_wanted = false;
                self.step = Some(Step::Local);
                orders.push(Order::SetLocal);
            } else {
                break;
            }
        }
        orders
    }

    fn take(&mut self, received: Received) -> Option<Order> {
        match received {
            Received::Description(offer) if offer.sdp_type == SdpType::Offer => {
                let collision = self.state != SignalingState::Stable;
                self.ignoring = collision && !self.polite;
                if self.ignoring {
                    return None;
                }
                self.step = Some(Step::RemoteOffer);
                Some(Order::SetRemote(offer))
            }
            Received::Description(answer) => {
                // An answer to an offer that was rolled back meanwhile is no answer to anything.
                if self.state != SignalingState::HaveLocalOffer {
                    return None;
                }
                self.ignoring = false;
                self.step = Some(Step::RemoteAnswer);
                Some(Order::SetRemote(answer))
            }
            Received::Candidate(_) if self.ignoring => None,
            Received::Candidate(candidate) if self.remote_known => Some(Order::AddCandidate(candidate)),
            Received::Candidate(candidate) => {
                self.early.push(candidate);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description(sdp_type: SdpType, sdp: &str) -> SessionDescription {
        SessionDescription {
            sdp_type,
            sdp: sdp.to_owned(),
        }
    }

    fn offer(sdp: &str) -> Received {
        Received::Description(description(SdpType::Offer, sdp))
    }

    fn candidate(text: &str) -> IceCandidate {
        IceCandidate {
            candidate: text.to_owned(),
            sdp_mid: Some("0".to_owned()),
            sdp_m_line_index: Some(0),
            username_fragment: None,
        }
    }

    /// An end that has sent its offer.
    fn offering(polite: bool) -> Negotiation {
        let mut negotiation = Negotiation::new(polite);
        assert_eq!(negotiation.opened(), []);
        assert_eq!(negotiation.needed(), [Order::SetLocal]);
        let ours = description(SdpType::Offer, "ours");
        assert_eq!(
            negotiation.local_set(ours.clone(), SignalingState::HaveLocalOffer),
            [Order::SendDescription(ours)]
        );
        negotiation
    }

    #[test]
    fn what_comes_before_the_connection_is_there_waits_for_it() {
        let mut negotiation = Negotiation::new(true);
        assert_eq!(negotiation.received(offer("theirs")), []);
        assert_eq!(
            negotiation.opened(),
            [Order::SetRemote(description(SdpType::Offer, "theirs"))]
        );
    }

    #[test]
    fn candidates_wait_for_the_description_that_they_belong_to() {
        let mut negotiation = Negotiation::new(true);
        negotiation.opened();
        assert_eq!(negotiation.received(Received::Candidate(candidate("early"))), []);
        negotiation.received(offer("theirs"));
        assert_eq!(negotiation.received(Received::Candidate(candidate("during"))), []);
        assert_eq!(
            negotiation.remote_set(SignalingState::HaveRemoteOffer),
            [Order::AddCandidate(candidate("early")), Order::SetLocal]
        );
        assert_eq!(negotiation.gathered(candidate("ours")), []);
        let answer = description(SdpType::Answer, "answer");
        assert_eq!(
            negotiation.local_set(answer.clone(), SignalingState::Stable),
            [
                Order::SendDescription(answer),
                Order::SendCandidate(candidate("ours")),
                Order::AddCandidate(candidate("during"))
            ]
        );
        assert!(negotiation.settled());
    }

    #[test]
    fn the_impolite_end_ignores_a_crossing_offer_and_its_candidates() {
        let mut negotiation = offering(false);
        assert_eq!(negotiation.received(offer("crossing")), []);
        assert_eq!(
            negotiation.received(Received::Candidate(candidate("of the ignored"))),
            []
        );
        let answer = description(SdpType::Answer, "answer");
        assert_eq!(
            negotiation.received(Received::Description(answer.clone())),
            [Order::SetRemote(answer)]
        );
        assert_eq!(negotiation.remote_set(SignalingState::Stable), []);
        assert!(negotiation.settled());
    }

    #[test]
    fn the_polite_end_takes_a_crossing_offer_and_answers_it() {
        let mut negotiation = offering(true);
        let theirs = description(SdpType::Offer, "crossing");
        assert_eq!(
            negotiation.received(offer("crossing")),
            [Order::SetRemote(theirs)]
        );
        assert_eq!(
            negotiation.remote_set(SignalingState::HaveRemoteOffer),
            [Order::SetLocal]
        );
    }

    #[test]
    fn an_answer_to_an_offer_that_was_rolled_back_is_dropped() {
        let mut negotiation = Negotiation::new(true);
        negotiation.opened();
        assert_eq!(
            negotiation.received(Received::Description(description(SdpType::Answer, "late"))),
            []
        );
    }

    #[test]
    fn a_step_that_the_browser_refuses_is_given_up_and_nothing_follows() {
        let mut negotiation = offering(false);
        assert_eq!(negotiation.failed(SignalingState::Stable), [Order::GiveUp]);
        assert_eq!(negotiation.received(offer("later")), []);
    }
}
