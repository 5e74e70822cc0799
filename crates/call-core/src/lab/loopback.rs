//! A call within the page: two ends, made by the very code of every call, with the core as the wire between them.
//!
//! Each end is a [`Link`]; what one of them sends to its peer is handed to the other at once. Everything is traced, in
//! the order in which it happened. Nothing is open but between the wish for a call and its end.

use std::collections::VecDeque;
use std::time::Duration;

use protocol::http::IceServer;
use protocol::{ClientMessage, Epoch, ParticipantId, SdpType, Signal, UnixMillis};

use super::candidate::CandidateView;
use super::trace::{End, Step, TraceEntry};
use crate::link::Link;
use crate::{ConnectionState, Effect, Event, SignalingState};

/// The ends' names: no server gives them out, for its own begin at the time of its start and never come as far.
const THIS: ParticipantId = ParticipantId(u64::MAX - 1);
const THAT: ParticipantId = ParticipantId(u64::MAX);
/// A call takes some sixty steps; one that goes wrong for ever shall not fill the page.
const MOST: usize = 400;

/// The call, and its trace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Loopback {
    state: LoopbackState,
    began: UnixMillis,
    now: UnixMillis,
    epoch: u64,
    call: Option<Call>,
    trace: Vec<TraceEntry>,
    run: u64,
}

/// How far the call is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoopbackState {
    /// Nothing is open.
    #[default]
    Idle,
    /// The browser is asked for the devices.
    Starting,
    /// The devices are there, as far as they are to be had.
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

/// One end, and what the trace must know of it.
#[derive(Clone, Debug)]
struct Line {
    link: Link,
    signaling: SignalingState,
    remote: SdpType,
    connected: bool,
    pictured: bool,
}

/// What is shown of the call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoopbackView {
    /// How far it is.
    pub state: LoopbackState,
    /// What arrives at That end, as streams are named; none without a call.
    pub arrives: Option<(ParticipantId, Epoch)>,
    /// What happened, in order.
    pub trace: Vec<TraceEntry>,
    /// Which trace it is: another begins with each start.
    pub run: u64,
}

impl Loopback {
    /// Whether a peer is an end of the call within the page.
    pub(crate) fn has(peer: ParticipantId) -> bool {
        peer == THIS || peer == THAT
    }

    /// From now on it is this late.
    pub(crate) fn at(&mut self, now: UnixMillis) {
        self.now = now;
    }

    pub(crate) fn state(&self) -> LoopbackState {
        self.state
    }

    /// The devices are asked for: a new trace begins.
    pub(crate) fn start(&mut self) {
        self.state = LoopbackState::Starting;
        self.began = self.now;
        self.run += 1;
        self.trace.clear();
        self.tell(None, Step::DevicesAsked);
    }

    /// A device is on, or is not to be had.
    pub(crate) fn device(&mut self, step: Step) {
        self.tell(None, step);
    }

    /// All is known of the devices.
    pub(crate) fn ready(&mut self) {
        if self.state == LoopbackState::Starting {
            self.state = LoopbackState::Ready;
        }
    }

    /// Opens both ends.
    pub(crate) fn call(&mut self, servers: &[IceServer]) -> Vec<Effect> {
        self.epoch += 1;
        let epoch = Epoch(self.epoch);
        let line = |you, peer| Line::new(Link::new(you, protocol::Link { peer, epoch }));
        self.state = LoopbackState::Calling;
        self.call = Some(Call {
            began: self.now,
            this: line(THIS, THAT),
            that: line(THAT, THIS),
        });
        self.tell(None, Step::Called);
        let mut effects = Vec::new();
        for end in [End::This, End::That] {
            effects.extend(self.with(end, |link| link.open(servers.to_vec())));
        }
        effects
    }

    /// Closes both ends. The trace stays.
    pub(crate) fn hang_up(&mut self) -> Vec<Effect> {
        if self.state != LoopbackState::Idle {
            self.tell(None, Step::HungUp);
        }
        self.close()
    }

    /// Something happened at an end: it is traced, before anything follows from it.
    pub(crate) fn hear(&mut self, event: &Event) {
        let Some((end, epoch)) = whose(event) else { return };
        let Some(line) = self.line(end).filter(|line| line.link.epoch == epoch) else {
            return;
        };
        let step = match event {
            Event::NegotiationNeeded { .. } => Some(Step::NegotiationNeeded),
            Event::OfferCreated { .. } => Some(Step::OfferDone),
            Event::LocalDescriptionSet { description, .. } => Some(Step::LocalDone(description.sdp_type)),
            Event::RemoteDescriptionSet { .. } => Some(Step::RemoteDone(line.remote)),
            Event::DescriptionFailed { .. } => Some(Step::DescriptionFailed),
            Event::SignalingChanged { state, .. } => Some(Step::Signaling(*state)),
            Event::IceGatheringChanged { state, .. } => Some(Step::Gathering(*state)),
            Event::IceConnectionChanged { state, .. } => Some(Step::Ice(*state)),
            Event::CandidateGathered { candidate, .. } => {
                CandidateView::read(&candidate.candidate).map(Step::CandidateFound)
            }
            Event::ConnectionChanged { state, .. } => Some(Step::Connection(*state)),
            Event::PictureArrived { width, height, .. } => Some(Step::FirstPicture {
                width: *width,
                height: *height,
            }),
            _ => None,
        };
        match event {
            Event::LocalDescriptionSet { signaling_state, .. }
            | Event::RemoteDescriptionSet { signaling_state, .. } => line.signaling = *signaling_state,
            Event::ConnectionChanged { state, .. } => line.connected = *state == ConnectionState::Connected,
            _ => {}
        }
        if let Some(step) = step {
            self.tell(Some(end), step);
        }
    }

    /// Lets an end's link do something, if it still has that epoch, and carries out what follows at both.
    pub(crate) fn with_end(
        &mut self,
        peer: ParticipantId,
        epoch: Epoch,
        act: impl FnOnce(&mut Link) -> Vec<Effect>,
    ) -> Vec<Effect> {
        let end = holder(peer);
        if self.line(end).is_none_or(|line| line.link.epoch != epoch) {
            return Vec::new();
        }
        let mut effects = self.with(end, act);
        effects.extend(self.look());
        effects
    }

    /// An end is not as it should be for too long.
    pub(crate) fn late(&mut self, peer: ParticipantId, epoch: Epoch) -> Vec<Effect> {
        let end = holder(peer);
        let line = self.line(end).filter(|line| line.link.epoch == epoch);
        let effects = line.map(|line| line.link.late(true)).unwrap_or_default();
        self.carry(end, effects)
    }

    /// Closes what is open, and says nothing of it.
    pub(crate) fn close(&mut self) -> Vec<Effect> {
        self.state = LoopbackState::Idle;
        let call = self.call.take();
        let lines = call.into_iter().flat_map(|call| [call.this, call.that]);
        lines.flat_map(|line| line.link.close()).collect()
    }

    pub(crate) fn view(&self) -> LoopbackView {
        LoopbackView {
            state: self.state,
            arrives: self.call.as_ref().map(|call| (THIS, call.that.link.epoch)),
            trace: self.trace.clone(),
            run: self.run,
        }
    }

    /// What follows from the states of both ends together.
    fn look(&mut self) -> Vec<Effect> {
        let now = self.now;
        let Some(call) = &mut self.call else {
            return Vec::new();
        };
        let took = Duration::from_millis(now.0.saturating_sub(call.began.0));
        let both = call.this.connected && call.that.connected;
        let mut effects = Vec::new();
        for line in [&mut call.this, &mut call.that] {
            if line.connected && !std::mem::replace(&mut line.pictured, true) {
                effects.push(Effect::AwaitPicture {
                    peer: line.link.peer,
                    epoch: line.link.epoch,
                });
            }
        }
        if both && self.state == LoopbackState::Calling {
            self.state = LoopbackState::Connected;
            self.tell(None, Step::SetUp(took));
        }
        effects
    }

    fn with(&mut self, end: End, act: impl FnOnce(&mut Link) -> Vec<Effect>) -> Vec<Effect> {
        let effects = self.line(end).map(|line| act(&mut line.link)).unwrap_or_default();
        self.carry(end, effects)
    }

    /// Traces orders and passes them on; hands to the other end what is sent to it.
    fn carry(&mut self, end: End, effects: Vec<Effect>) -> Vec<Effect> {
        let now = self.now;
        let mut due: VecDeque<(End, Effect)> = effects.into_iter().map(|effect| (end, effect)).collect();
        let mut orders = Vec::new();
        while let Some((end, effect)) = due.pop_front() {
            match effect {
                Effect::Send(ClientMessage::Signal { epoch, signal, .. }) => {
                    if let Some(Signal::Description(description)) = &signal.signal {
                        self.tell(Some(end), Step::Handed(description.sdp_type));
                    }
                    let other = end.other();
                    let follows = self
                        .line(other)
                        .map(|line| line.link.received(now, epoch, signal));
                    due.extend(follows.into_iter().flatten().map(|effect| (other, effect)));
                }
                // What takes a server to mend cannot be mended here.
                Effect::Send(_) => {
                    orders.extend(self.give_up());
                    return orders;
                }
                order => {
                    if let Some(step) = self.ordered(end, &order) {
                        self.tell(Some(end), step);
                    }
                    orders.push(order);
                }
            }
        }
        orders
    }

    /// The step that an order is.
    fn ordered(&mut self, end: End, order: &Effect) -> Option<Step> {
        let line = self.line(end)?;
        match order {
            Effect::OpenPeer { .. } => Some(Step::ConnectionMade),
            Effect::CreateOffer { .. } => Some(Step::OfferBegun),
            Effect::SetLocalDescription { .. } => Some(Step::LocalBegun(match line.signaling {
                SignalingState::HaveRemoteOffer => SdpType::Answer,
                _ => SdpType::Offer,
            })),
            Effect::SetRemoteDescription { description, .. } => {
                line.remote = description.sdp_type;
                Some(Step::RemoteBegun(description.sdp_type))
            }
            Effect::AddIceCandidate { candidate, .. } => {
                CandidateView::read(&candidate.candidate).map(Step::CandidateTaken)
            }
            Effect::RestartIce { .. } => Some(Step::IceRestarted),
            _ => None,
        }
    }

    fn give_up(&mut self) -> Vec<Effect> {
        self.tell(None, Step::GaveUp);
        let effects = self.close();
        self.state = LoopbackState::Ready;
        effects
    }

    fn line(&mut self, end: End) -> Option<&mut Line> {
        let call = self.call.as_mut()?;
        Some(match end {
            End::This => &mut call.this,
            End::That => &mut call.that,
        })
    }

    fn tell(&mut self, end: Option<End>, step: Step) {
        if self.trace.len() < MOST {
            let at = Duration::from_millis(self.now.0.saturating_sub(self.began.0));
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
}

/// The end that holds the connection with a peer.
fn holder(peer: ParticipantId) -> End {
    if peer == THAT { End::This } else { End::That }
}

/// The end at which something happened, and its epoch.
fn whose(event: &Event) -> Option<(End, Epoch)> {
    let (peer, epoch) = event.connection()?;
    Loopback::has(peer).then(|| (holder(peer), epoch))
}
