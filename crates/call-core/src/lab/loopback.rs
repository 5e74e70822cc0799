//! A call within the page: two ends that run the code of every call, with the core as the wire between them.
//!
//! Each end is a [`Link`]; what one sends is delivered to the other at once. Everything is traced in the
//! order in which it happened. Connections exist only from the start of the call to its end.

use std::collections::VecDeque;

use protocol::{ClientMessage, Epoch, ParticipantId, SdpType, Signal, UnixMillis};

use super::candidate::CandidateView;
use super::trace::{End, Step, TraceEntry};
use crate::link::Link;
use crate::turn::{Output, Turn};
use crate::{ConnectionState, Effect, PeerEvent, PeerOrder, SignalingState};

/// Ids of the two ends. No server assigns them: its ids count up from the time of its start, and never get this far.
const THIS: ParticipantId = ParticipantId(u64::MAX - 1);

const THAT: ParticipantId = ParticipantId(u64::MAX);

/// Cap on trace entries. A call takes about sixty; a call that fails over and over must not fill the page.
const MOST: usize = 400;

/// The call and its trace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Loopback {
    state: LoopbackState,
    began: UnixMillis,
    epoch: u64,
    call: Option<Call>,
    trace: Vec<TraceEntry>,
    run: u64,
}

/// Progress of the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoopbackState {
    /// Nothing is open.
    #[default]
    Idle,
    /// Camera and microphone have been requested.
    Starting,
    /// The devices are on, as far as they are available.
    Ready,
    /// The connection is being made.
    Calling,
    /// Both ends are connected.
    Connected,
}

#[derive(Clone, Debug)]
struct Call {
    began: UnixMillis,
    this: Line,
    that: Line,
}

/// One end, with what its trace needs.
#[derive(Clone, Debug)]
struct Line {
    link: Link,
    signaling: SignalingState,
    remote: SdpType,
    connected: bool,
    pictured: bool,
}

/// The call as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoopbackView {
    /// Progress of the call.
    pub state: LoopbackState,
    /// Key of the streams that arrive at the remote end; `None` without a call.
    pub arrives: Option<(ParticipantId, Epoch)>,
    /// What happened, in order.
    pub trace: Vec<TraceEntry>,
    /// Number of the trace; each start begins a new one.
    pub run: u64,
}

impl Loopback {
    /// Whether the id is one of the two ends.
    pub(crate) fn has(peer: ParticipantId) -> bool {
        peer == THIS || peer == THAT
    }

    pub(crate) fn state(&self) -> LoopbackState {
        self.state
    }

    /// Begins a new trace: the devices have been requested.
    pub(crate) fn start(&mut self, now: UnixMillis) {
        self.state = LoopbackState::Starting;
        self.began = now;
        self.run += 1;
        self.trace.clear();
        self.tell(now, None, Step::DevicesAsked);
    }

    /// Traces that a device was turned on or failed.
    pub(crate) fn device(&mut self, now: UnixMillis, step: Step) {
        self.tell(now, None, step);
    }

    /// Notes that the state of both devices is known.
    pub(crate) fn ready(&mut self) {
        if self.state == LoopbackState::Starting {
            self.state = LoopbackState::Ready;
        }
    }

    /// Opens both ends.
    pub(crate) fn call(&mut self, turn: &mut Turn) {
        self.epoch += 1;
        let epoch = Epoch(self.epoch);
        let line = |you, peer| Line::new(Link::new(you, protocol::Link { peer, epoch }));
        self.state = LoopbackState::Calling;
        self.call = Some(Call {
            began: turn.now(),
            this: line(THIS, THAT),
            that: line(THAT, THIS),
        });
        self.tell(turn.now(), None, Step::Called);
        for end in [End::This, End::That] {
            self.with(turn, end, Link::open);
        }
    }

    /// Closes both ends and keeps the trace.
    pub(crate) fn hang_up(&mut self, turn: &mut Turn) {
        if self.state != LoopbackState::Idle {
            self.tell(turn.now(), None, Step::HungUp);
        }
        self.close(turn);
    }

    /// Traces an event of an end, then hands it to the link, so that the trace has the event before its consequences.
    pub(crate) fn event(&mut self, turn: &mut Turn, peer: ParticipantId, epoch: Epoch, event: PeerEvent) {
        let end = holder(peer);
        let Some(line) = self.line(end).filter(|line| line.link.epoch == epoch) else {
            return;
        };
        if let Some(step) = line.hear(&event) {
            self.tell(turn.now(), Some(end), step);
        }
        self.with_end(turn, peer, epoch, |link, turn| link.event(turn, event));
    }

    /// Runs `act` on the link of an end if it still has this epoch, and carries out what follows at both ends.
    pub(crate) fn with_end(
        &mut self,
        turn: &mut Turn,
        peer: ParticipantId,
        epoch: Epoch,
        act: impl FnOnce(&mut Link, &mut Turn),
    ) {
        let end = holder(peer);
        if self.line(end).is_some_and(|line| line.link.epoch == epoch) {
            self.with(turn, end, act);
            self.with(turn, end, Link::restart);
            self.look(turn);
        }
    }

    /// Closes both ends without a trace entry.
    pub(crate) fn close(&mut self, turn: &mut Turn) {
        self.state = LoopbackState::Idle;
        if let Some(call) = self.call.take() {
            call.this.link.close(turn);
            call.that.link.close(turn);
        }
    }

    pub(crate) fn view(&self) -> LoopbackView {
        LoopbackView {
            state: self.state,
            arrives: self.call.as_ref().map(|call| (THIS, call.that.link.epoch)),
            trace: self.trace.clone(),
            run: self.run,
        }
    }

    /// Acts on the states of both ends together: asks for the first frame, and notes when both are connected.
    fn look(&mut self, turn: &mut Turn) {
        let Some(call) = &mut self.call else { return };
        let took = turn.now().since(call.began);
        let both = call.this.connected && call.that.connected;
        for line in [&mut call.this, &mut call.that] {
            if line.connected && !std::mem::replace(&mut line.pictured, true) {
                turn.order_peer(line.link.peer, line.link.epoch, PeerOrder::AwaitFirstFrame);
            }
        }
        if both && self.state == LoopbackState::Calling {
            self.state = LoopbackState::Connected;
            self.tell(turn.now(), None, Step::SetUp(took));
        }
    }

    fn with(&mut self, turn: &mut Turn, end: End, act: impl FnOnce(&mut Link, &mut Turn)) {
        let mut due = VecDeque::new();
        self.act(turn, end, act, &mut due);
        self.carry(turn, due);
    }

    /// Runs `act` on an end and collects its outputs. Both ends are in this page, so there is no address to hide.
    fn act(
        &mut self,
        turn: &Turn,
        end: End,
        act: impl FnOnce(&mut Link, &mut Turn),
        said: &mut VecDeque<(End, Output)>,
    ) {
        let Some(line) = self.line(end) else { return };
        let mut aside = turn.aside();
        aside.ice_config.relay_only = false;
        act(&mut line.link, &mut aside);
        said.extend(aside.end().0.into_iter().map(|output| (end, output)));
    }

    /// Traces and forwards the outputs, and delivers signals to the other end.
    fn carry(&mut self, turn: &mut Turn, mut due: VecDeque<(End, Output)>) {
        while let Some((end, output)) = due.pop_front() {
            match output {
                Output::Message(ClientMessage::Signal { epoch, signal, .. }) => {
                    if let Some(Signal::Description(description)) = &signal.signal {
                        self.tell(turn.now(), Some(end), Step::Handed(description.sdp_type));
                    }
                    let hand = |link: &mut Link, turn: &mut Turn| link.received(turn, epoch, signal);
                    self.act(turn, end.other(), hand, &mut due);
                }
                // A link that needs the server for its recovery cannot recover here.
                Output::Message(_) => return self.give_up(turn),
                Output::Effect(effect) => {
                    if let Effect::Peer { order, .. } = &effect
                        && let Some(step) = self.line(end).and_then(|line| line.step(order))
                    {
                        self.tell(turn.now(), Some(end), step);
                    }
                    turn.order(effect);
                }
                Output::Notice(notice) => turn.notify(notice),
            }
        }
    }

    fn give_up(&mut self, turn: &mut Turn) {
        self.tell(turn.now(), None, Step::GaveUp);
        self.close(turn);
        self.state = LoopbackState::Ready;
    }

    fn line(&mut self, end: End) -> Option<&mut Line> {
        let call = self.call.as_mut()?;
        Some(match end {
            End::This => &mut call.this,
            End::That => &mut call.that,
        })
    }

    fn tell(&mut self, now: UnixMillis, end: Option<End>, step: Step) {
        if self.trace.len() < MOST {
            let at = now.since(self.began);
            self.trace.push(TraceEntry { at, end, step });
        }
    }
}

impl Line {
    fn new(link: Link) -> Self {
        Self {
            link,
            signaling: SignalingState::Stable,
            remote: SdpType::Offer,
            connected: false,
            pictured: false,
        }
    }

    /// The trace step for an event of the connection, if it has one.
    fn hear(&mut self, event: &PeerEvent) -> Option<Step> {
        match event {
            PeerEvent::NegotiationNeeded => Some(Step::NegotiationNeeded),
            PeerEvent::OfferCreated(_) => Some(Step::OfferDone),
            PeerEvent::LocalDescriptionSet {
                description,
                signaling_state,
            } => {
                self.signaling = *signaling_state;
                Some(Step::LocalDone(description.sdp_type))
            }
            PeerEvent::RemoteDescriptionSet(state) => {
                self.signaling = *state;
                Some(Step::RemoteDone(self.remote))
            }
            PeerEvent::DescriptionFailed(_) => Some(Step::DescriptionFailed),
            PeerEvent::SignalingChanged(state) => Some(Step::Signaling(*state)),
            PeerEvent::IceGatheringChanged(state) => Some(Step::Gathering(*state)),
            PeerEvent::IceConnectionChanged(state) => Some(Step::Ice(*state)),
            PeerEvent::CandidateGathered(candidate) => {
                CandidateView::read(&candidate.candidate).map(Step::CandidateFound)
            }
            PeerEvent::ConnectionChanged(state) => {
                self.connected = *state == ConnectionState::Connected;
                Some(Step::Connection(*state))
            }
            PeerEvent::FirstFrame { width, height } => Some(Step::FirstFrame {
                width: *width,
                height: *height,
            }),
            PeerEvent::RelayFailed(_) | PeerEvent::ChannelChanged(_) | PeerEvent::DataChannelMessage(_) => {
                None
            }
        }
    }

    /// The trace step for an order to the connection, if it has one.
    fn step(&mut self, order: &PeerOrder) -> Option<Step> {
        match order {
            PeerOrder::Open(_) => Some(Step::ConnectionMade),
            PeerOrder::CreateOffer => Some(Step::OfferBegun),
            PeerOrder::SetLocalDescription(_) => Some(Step::LocalBegun(match self.signaling {
                SignalingState::HaveRemoteOffer => SdpType::Answer,
                SignalingState::Stable | SignalingState::HaveLocalOffer | SignalingState::Closed => {
                    SdpType::Offer
                }
            })),
            PeerOrder::SetRemoteDescription(description) => {
                self.remote = description.sdp_type;
                Some(Step::RemoteBegun(description.sdp_type))
            }
            PeerOrder::AddIceCandidate(candidate) => {
                CandidateView::read(&candidate.candidate).map(Step::CandidateTaken)
            }
            PeerOrder::RestartIce(_) => Some(Step::IceRestarted),
            PeerOrder::Close
            | PeerOrder::SendOnDataChannel(_)
            | PeerOrder::MeasureQuality
            | PeerOrder::ReplaceTrack(_)
            | PeerOrder::ResetTrack(_)
            | PeerOrder::SendKeyFrames
            | PeerOrder::LimitVideo(..)
            | PeerOrder::AwaitFirstFrame => None,
        }
    }
}

/// The end that holds the connection with a peer.
fn holder(peer: ParticipantId) -> End {
    if peer == THAT { End::This } else { End::That }
}
