//! Perfect negotiation of one connection (W3C WebRTC §10.7): either end may offer at any time, and colliding offers
//! are resolved.
//!
//! The browser gets one operation at a time, and what arrives meanwhile is queued. So the signaling state that the
//! browser reported last is current, and the collision rule needs no flags for operations under way.
//!
//! No description is ever rolled back. The impolite end sets its offer, sends it, and ignores a colliding offer. The
//! polite end sends its offer without setting it, and sets it when the answer arrives; on a collision it drops its own
//! offer and answers from `stable`. A rollback (JSEP, RFC 9429 §4.1.10.2) would have the same result, but Chromium
//! (148 to 156) breaks each transceiver on whose sender `setParameters` was called: its frames are decoded and never
//! reach the track. The price is that the polite end gathers its candidates one signaling round trip later.
//!
//! Both ends hold candidates back until the description that they belong to is set: a candidate names its ICE
//! generation by `usernameFragment`, and the description has the same value in its `a=ice-ufrag` lines.

use std::collections::VecDeque;

use protocol::{IceCandidate, SdpType, SessionDescription};

use crate::SignalingState;
use crate::link::{Guard, Guards};

/// Maximum candidates that wait for their description: several generations from a host with many networks (chosen).
const MOST_EARLY: usize = 64;

/// The negotiation of one epoch of a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Negotiation {
    guards: Guards,
    polite: bool,
    open: bool,
    state: SignalingState,
    step: Option<Step>,
    offer_wanted: bool,
    answer_due: bool,
    /// The polite end's offer: sent, but not set until it is answered.
    proposal: Option<SessionDescription>,
    /// The answer to the proposal, while the proposal is being set.
    answer: Option<SessionDescription>,
    /// Whether the last offer collided with ours and was ignored; the candidates that follow it are ignored too.
    ignoring: bool,
    /// ICE generations in the remote description; `None` before there is one.
    generations: Option<Vec<String>>,
    /// ICE generations in the remote description that the browser is setting.
    pending_generations: Vec<String>,
    inbox: VecDeque<Received>,
    /// Remote candidates that arrived before their description.
    early: VecDeque<IceCandidate>,
    /// Local candidates gathered before their description was sent.
    unsent: Vec<IceCandidate>,
}

/// The operation that the browser is executing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    /// Creating the polite end's offer.
    Proposal,
    /// Setting the polite end's offer, after it was answered.
    Answered,
    /// Creating and setting the local description that is due.
    Local,
    RemoteOffer,
    RemoteAnswer,
}

/// Input from the other end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Received {
    Description(SessionDescription),
    Candidate(IceCandidate),
}

/// Output of the negotiation, to be carried out in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Create an offer without setting it.
    CreateOffer,
    /// Set the offer that was created; `None`: create and set the description that is due.
    SetLocal(Option<SessionDescription>),
    SetRemote(SessionDescription),
    AddCandidate(IceCandidate),
    SendDescription(SessionDescription),
    SendCandidate(IceCandidate),
    /// An operation failed: only a new connection helps.
    GiveUp,
}

impl Negotiation {
    /// Creates the negotiation of a connection that is not open yet; input before [`Self::opened`] is queued.
    pub(crate) fn new(polite: bool, guards: Guards) -> Self {
        Self {
            guards,
            polite,
            open: false,
            state: SignalingState::Stable,
            step: None,
            offer_wanted: false,
            answer_due: false,
            proposal: None,
            answer: None,
            ignoring: false,
            generations: None,
            pending_generations: Vec::new(),
            inbox: VecDeque::new(),
            early: VecDeque::new(),
            unsent: Vec::new(),
        }
    }

    /// Returns whether both ends have agreed, and no operation or offer is pending.
    pub(crate) fn settled(&self) -> bool {
        self.generations.is_some()
            && self.state == SignalingState::Stable
            && self.step.is_none()
            && !self.answer_due
            && !self.offer_wanted
            && self.proposal.is_none()
    }

    /// The connection has been opened.
    pub(crate) fn opened(&mut self) -> Vec<Order> {
        self.open = true;
        self.next(Vec::new())
    }

    /// The connection needs an offer.
    pub(crate) fn needed(&mut self) -> Vec<Order> {
        self.offer_wanted = true;
        self.next(Vec::new())
    }

    /// A description or a candidate arrived from the other end.
    pub(crate) fn received(&mut self, what: Received) -> Vec<Order> {
        self.inbox.push_back(what);
        self.next(Vec::new())
    }

    /// A local candidate was gathered.
    pub(crate) fn gathered(&mut self, candidate: IceCandidate) -> Vec<Order> {
        if self.step == Some(Step::Local) {
            self.unsent.push(candidate);
            return Vec::new();
        }
        vec![Order::SendCandidate(candidate)]
    }

    /// The browser created an offer.
    pub(crate) fn offer_created(&mut self, offer: SessionDescription) -> Vec<Order> {
        self.step = None;
        self.proposal = Some(offer.clone());
        self.next(vec![Order::SendDescription(offer)])
    }

    /// The browser set a local description.
    pub(crate) fn local_set(&mut self, description: SessionDescription, state: SignalingState) -> Vec<Order> {
        let sent = self.step.take() == Some(Step::Answered);
        self.state = state;
        let mut orders = Vec::new();
        if !sent {
            orders.push(Order::SendDescription(description));
        }
        orders.extend(self.unsent.drain(..).map(Order::SendCandidate));
        self.next(orders)
    }

    /// The browser set a remote description.
    pub(crate) fn remote_set(&mut self, state: SignalingState) -> Vec<Order> {
        self.answer_due = self.step == Some(Step::RemoteOffer);
        self.step = None;
        self.state = state;
        self.generations = Some(std::mem::take(&mut self.pending_generations));
        let early = std::mem::take(&mut self.early);
        let orders = early.into_iter().filter_map(|candidate| self.add(candidate));
        let orders = orders.collect();
        self.next(orders)
    }

    /// The browser failed to create or set a description.
    pub(crate) fn failed(&mut self, state: SignalingState) -> Vec<Order> {
        self.step = None;
        self.state = state;
        self.open = false;
        vec![Order::GiveUp]
    }

    /// Proceeds until the browser has an operation, or nothing is left to do.
    fn next(&mut self, mut orders: Vec<Order>) -> Vec<Order> {
        while self.open && self.step.is_none() {
            if std::mem::take(&mut self.answer_due) {
                self.step = Some(Step::Local);
                orders.push(Order::SetLocal(None));
            } else if let Some(answer) = self.answer.take() {
                self.step = Some(Step::RemoteAnswer);
                orders.push(self.set_remote(answer));
            } else if let Some(received) = self.inbox.pop_front() {
                orders.extend(self.take(received));
            } else if self.offer_wanted && self.agrees() {
                self.offer_wanted = false;
                let (step, order) = if self.polite {
                    (Step::Proposal, Order::CreateOffer)
                } else {
                    (Step::Local, Order::SetLocal(None))
                };
                self.step = Some(step);
                orders.push(order);
            } else {
                break;
            }
        }
        orders
    }

    fn take(&mut self, received: Received) -> Option<Order> {
        match received {
            Received::Description(offer) if offer.sdp_type == SdpType::Offer => {
                self.ignoring = !self.agrees() && self.wins_collision();
                if self.ignoring {
                    return None;
                }
                // The browser fires `negotiationneeded` again when it is stable, if an offer is still needed.
                self.proposal = None;
                self.step = Some(Step::RemoteOffer);
                Some(self.set_remote(offer))
            }
            Received::Description(answer) => {
                if let Some(offer) = self.proposal.take() {
                    self.answer = Some(answer);
                    self.step = Some(Step::Answered);
                    return Some(Order::SetLocal(Some(offer)));
                }
                // Signals arrive in order, so our own client never sends an answer without an offer; another one may.
                if self.state != SignalingState::HaveLocalOffer {
                    return None;
                }
                self.ignoring = false;
                self.step = Some(Step::RemoteAnswer);
                Some(self.set_remote(answer))
            }
            Received::Candidate(candidate) => self.add(candidate),
        }
    }

    /// Returns whether no offer of either end is open.
    fn agrees(&self) -> bool {
        self.state == SignalingState::Stable && self.proposal.is_none()
    }

    /// Returns whether our offer wins a collision.
    fn wins_collision(&self) -> bool {
        if self.polite {
            !self.guards.stand(Guard::PoliteYields)
        } else {
            self.guards.stand(Guard::ImpoliteIgnores)
        }
    }

    fn set_remote(&mut self, description: SessionDescription) -> Order {
        self.pending_generations = generations(&description.sdp);
        Order::SetRemote(description)
    }

    /// Passes a remote candidate to the browser, or holds it back until its description is set.
    fn add(&mut self, candidate: IceCandidate) -> Option<Order> {
        let known = match (&self.generations, &candidate.username_fragment) {
            // It has no `usernameFragment`, so it belongs to the description that arrived before it.
            (_, None) if self.ignoring => return None,
            (described, None) => described.is_some(),
            (described, Some(name)) => {
                let named = described.as_ref().is_some_and(|all| all.contains(name));
                named || !self.guards.stand(Guard::GenerationsMatch)
            }
        };
        if known {
            return Some(Order::AddCandidate(candidate));
        }
        if self.early.len() == MOST_EARLY {
            self.early.pop_front();
        }
        self.early.push_back(candidate);
        None
    }
}

/// Returns the ICE generations (`ice-ufrag` values) of a description (RFC 8839 §5.4).
fn generations(sdp: &str) -> Vec<String> {
    let mut names: Vec<String> = sdp
        .lines()
        .filter_map(|line| line.strip_prefix("a=ice-ufrag:"))
        .map(|name| name.trim_end().to_owned())
        .collect();
    names.dedup();
    names
}

#[cfg(test)]
mod tests;
