//! Two ends of a link: the real state machines, a model browser each, and the transports between them.

mod bounds;
mod carry;

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

use protocol::{Epoch, ParticipantId, RoomName, SeatKey, SignalEnvelope, UserName, Welcome};

use super::browser::{Browser, Fault};
use crate::link::Guards;
use crate::link::Link;
use crate::media::LocalMediaState;
use crate::room::Room;
use crate::{ConnectionState, PeerEvent};
pub(super) use bounds::Bounds;

/// One event, at the end with this index. [`Pair::goes_on`] and [`Pair::may_happen`] list the possible ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The browser completes its operation.
    Complete(usize),
    /// The browser gathers its candidate.
    Gather(usize),
    /// The browser fires `negotiationneeded`.
    Need(usize),
    /// The next message on the socket arrives.
    Socket(usize),
    /// The next message on the data channel arrives.
    Channel(usize),
    /// The connection is established; the data channel opens, if there is one.
    Connect(usize),
    /// The retransmission timer fires; only when nothing else goes on.
    Retransmit(usize),
    /// The delayed ack timer fires; only when nothing else goes on.
    Ack(usize),
    /// Something changes that needs an offer.
    Change(usize),
    /// ICE is restarted.
    Restart(usize),
    /// The end requests a new epoch.
    Renew(usize),
    /// The socket of the end breaks and is replaced; `true`: what the end had just sent is lost as well.
    Break(usize, bool),
    /// The next message on the socket is duplicated, behind all others.
    Double(usize),
}

/// The whole state of the search.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    ends: [End; 2],
    /// The newest epoch, as known to the server.
    newest: u64,
    left: Bounds,
}

#[derive(Clone, Debug)]
struct End {
    room: Room,
    browser: Browser,
    /// Epochs of the open connections.
    open: Vec<Epoch>,
    connected: bool,
    /// Messages in flight to this end.
    socket: VecDeque<Told>,
    channel: VecDeque<(Epoch, SignalEnvelope)>,
}

/// A message from the server to an end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Told {
    /// The link has this epoch. For the end whose socket broke, this stands for the welcome.
    Opened(Epoch),
    /// A signal. This server does not check epochs, so that the ends have to.
    Signal(Epoch, SignalEnvelope),
}

impl Pair {
    /// Creates two ends with a new link.
    pub(super) fn new(bounds: Bounds, guards: Guards) -> Result<Self, Fault> {
        let mut pair = Self {
            ends: [0, 1].map(|end| End::new(end, guards)),
            newest: 1,
            left: bounds,
        };
        for end in [0, 1] {
            pair.act(end, Link::open)?;
            pair.act(end, |link, turn| {
                link.send_media_state(turn, LocalMediaState::default());
            })?;
        }
        if bounds.connected {
            while let Some(step) = pair.goes_on().first() {
                pair.take(*step)?;
            }
        }
        Ok(pair)
    }

    /// Returns the events that happen by themselves; timers only when there are no others. Fair continuations take the
    /// first one.
    pub(super) fn goes_on(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (at, end) in self.ends.iter().enumerate() {
            if !end.browser.is_idle() {
                steps.push(Step::Complete(at));
            }
            if end.browser.gathers() {
                steps.push(Step::Gather(at));
            }
            if end.browser.wants_offer() {
                steps.push(Step::Need(at));
            }
            if !end.socket.is_empty() {
                steps.push(Step::Socket(at));
            }
            if !end.channel.is_empty() {
                steps.push(Step::Channel(at));
            }
            if !end.connected && self.meet() {
                steps.push(Step::Connect(at));
            }
        }
        if steps.is_empty() {
            let ack_owed = [0, 1]
                .into_iter()
                .filter(|at| self.ends[*at].signals().owes_ack());
            steps.extend(ack_owed.map(Step::Ack));
        }
        if steps.is_empty() && self.guards_retransmit() {
            let waiting = [0, 1]
                .into_iter()
                .filter(|at| self.ends[*at].signals().has_unacked());
            steps.extend(waiting.map(Step::Retransmit));
        }
        steps
    }

    /// Returns the events that may happen in addition, within the bounds.
    pub(super) fn may_happen(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (at, end) in self.ends.iter().enumerate() {
            if self.left.changes[at] > 0 {
                steps.push(Step::Change(at));
            }
            if self.left.restarts > 0 {
                steps.push(Step::Restart(at));
            }
            if self.left.renewals > 0 {
                steps.push(Step::Renew(at));
            }
            if self.left.breaks > 0 {
                steps.push(Step::Break(at, false));
                steps.push(Step::Break(at, true));
            }
            if self.left.doubles > 0 && matches!(end.socket.front(), Some(Told::Signal(..))) {
                steps.push(Step::Double(at));
            }
        }
        steps
    }

    /// Executes an event.
    pub(super) fn take(&mut self, step: Step) -> Result<(), Fault> {
        match step {
            Step::Complete(at) => self.complete(at),
            Step::Gather(at) => match self.ends[at].browser.gather() {
                Some(candidate) => self.act(at, |l, t| l.negotiate(t, |n| n.gathered(candidate))),
                None => Ok(()),
            },
            Step::Need(at) => {
                self.ends[at].browser.tell_need();
                self.act(at, |l, t| l.negotiate(t, |n| n.needed()))
            }
            Step::Socket(at) => match self.ends[at].socket.pop_front() {
                Some(told) => self.hear(at, told),
                None => Ok(()),
            },
            Step::Channel(at) => match self.ends[at].channel.pop_front() {
                // Messages for a closed connection are lost.
                Some((epoch, envelope)) if epoch == self.ends[at].epoch() => {
                    self.act(at, |l, t| l.received(t, epoch, envelope))
                }
                Some(_) | None => Ok(()),
            },
            Step::Connect(at) => {
                self.ends[at].connected = true;
                let channel = self.left.connected;
                self.act(at, |link, turn| {
                    link.event(turn, PeerEvent::ConnectionChanged(ConnectionState::Connected));
                    if channel {
                        link.channel_changed(turn, true);
                    }
                })
            }
            Step::Retransmit(at) => self.act(at, Link::retransmit_due),
            Step::Ack(at) => self.act(at, Link::ack_due),
            Step::Change(at) => {
                self.left.changes[at] -= 1;
                self.ends[at].browser.change();
                Ok(())
            }
            Step::Restart(at) => {
                self.left.restarts -= 1;
                self.ends[at].browser.restart();
                Ok(())
            }
            Step::Renew(at) => {
                self.left.renewals -= 1;
                self.act(at, Link::renew)
            }
            Step::Break(at, both) => self.break_socket(at, both),
            Step::Double(at) => {
                self.left.doubles -= 1;
                let first = self.ends[at].socket.front().cloned();
                self.ends[at].socket.extend(first);
                Ok(())
            }
        }
    }

    /// Checks what must hold in every state.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let [one, other] = &self.ends;
        let done = |end: &End| end.browser.is_idle() && end.negotiation_settled();
        let same = one.epoch() == other.epoch() && one.browser.agreed == other.browser.agreed;
        if one.epoch() == other.epoch() && done(one) && done(other) && !same {
            return Err(format!(
                "both ends are settled, with different descriptions: {:?} and {:?}",
                one.browser.agreed, other.browser.agreed
            ));
        }
        Ok(())
    }

    /// Checks what must hold at rest.
    pub(super) fn check_rest(&self) -> Result<(), Fault> {
        let [one, other] = &self.ends;
        if one.epoch() != other.epoch() || one.epoch() != Epoch(self.newest) {
            return Err("the ends are at rest, not both in the newest epoch".to_owned());
        }
        for end in &self.ends {
            if !end.negotiation_settled() || end.browser.wants_offer() {
                return Err(format!(
                    "an end is at rest and not settled, in {:?}",
                    end.browser.state
                ));
            }
            if end.signals().has_unacked() {
                return Err("an end is at rest with unacknowledged signals".to_owned());
            }
            if end.open != [end.epoch()] {
                return Err(format!("an end is at rest with the connections {:?}", end.open));
            }
        }
        if !self.meet() {
            return Err("the ends are at rest without each other's candidates".to_owned());
        }
        Ok(())
    }

    /// Returns whether both ends agree and have each other's candidates.
    fn meet(&self) -> bool {
        let [one, other] = &self.ends;
        let agreed = one.browser.agreed.is_some() && one.browser.agreed == other.browser.agreed;
        agreed && one.epoch() == other.epoch() && one.browser.knows_way() && other.browser.knows_way()
    }

    fn guards_retransmit(&self) -> bool {
        use crate::link::Guard;
        self.ends[0].room.links[0].guards.stand(Guard::Retransmit)
    }
}

impl Hash for Pair {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.newest, &self.left).hash(state);
        for end in &self.ends {
            let link = &end.room.links[0];
            (link.epoch, &link.negotiation, &link.signals, link.channel).hash(state);
            (&end.browser, &end.open, end.connected, &end.socket, &end.channel).hash(state);
        }
    }
}

impl End {
    fn new(at: usize, guards: Guards) -> Self {
        let link = protocol::Link {
            peer: id(1 - at),
            epoch: Epoch(1),
        };
        let mut room = room(id(at));
        room.links.push(Link::guarded(id(at), link, guards));
        Self {
            room,
            browser: Browser::new(name(at), false),
            open: Vec::new(),
            connected: false,
            socket: VecDeque::new(),
            channel: VecDeque::new(),
        }
    }

    fn epoch(&self) -> Epoch {
        self.room.links[0].epoch
    }

    fn signals(&self) -> &crate::link::ReliableSignals {
        &self.room.links[0].signals
    }

    fn negotiation_settled(&self) -> bool {
        self.room.links[0].negotiation.settled()
    }
}

/// Id of an end; the first end is impolite.
fn id(at: usize) -> ParticipantId {
    ParticipantId(if at == 0 { 1 } else { 2 })
}

fn name(at: usize) -> char {
    if at == 0 { 'a' } else { 'b' }
}

/// An empty room.
fn room(you: ParticipantId) -> Room {
    let welcome = Welcome::new(RoomName::parse("r").expect("a name"), you, SeatKey(String::new()));
    Room::new(UserName::parse("Ann").expect("a name"), &welcome)
}
