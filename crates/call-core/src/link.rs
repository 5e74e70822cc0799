//! Links: one connection with each peer that the server lets the user talk with.
//!
//! The server opens, renews and closes links, each time with an epoch; what names another epoch is stale. A
//! connection that is not there in time is mended in three steps of growing cost: ICE is restarted, then the
//! server is asked for a new epoch, then the user is.

use std::time::Duration;

use protocol::http::IceServer;
use protocol::{ClientMessage, Epoch, Parcel, ParticipantId, Signal};

use crate::guard::{Guard, Guards};
use crate::negotiation::{Negotiation, Order, Received};
use crate::post::Post;
use crate::quality::Quality;
use crate::source::Sending;
use crate::{ConnectionState, Effect, TileState, Timer};

/// A first connection takes under two seconds nearly everywhere; through TURN over TLS some more.
const CONNECT: Duration = Duration::from_secs(12);
/// A pause this short heals by itself; the impolite end acts first, so that the two do not act at once.
const PAUSE_IMPOLITE: Duration = Duration::from_secs(3);
const PAUSE_POLITE: Duration = Duration::from_secs(5);
/// The browser gave up by itself: no use in waiting, but for the other end to act first.
const BROKEN_IMPOLITE: Duration = Duration::from_millis(100);
const BROKEN_POLITE: Duration = Duration::from_secs(2);
/// New epochs asked for before the user is.
const TRIES: u8 = 3;
/// A signal that was not seen by then is said again: a round trip on the slowest of networks, and [`WORD`]. It doubles
/// with each time.
const AGAIN: Duration = Duration::from_millis(1500);
/// The longest pause: a way that is back is found soon, and one that is not costs next to nothing.
const LONGEST_AGAIN: Duration = Duration::from_secs(6);
/// How long the word that signals have come waits for a signal to go with.
const WORD: Duration = Duration::from_millis(250);

/// One link in its current epoch.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) peer: ParticipantId,
    pub(crate) epoch: Epoch,
    pub(crate) camera: bool,
    pub(crate) microphone: bool,
    pub(crate) screen: bool,
    guards: Guards,
    polite: bool,
    opened: bool,
    /// The connection of this epoch was another page's, and went with it.
    orphaned: bool,
    pub(crate) quality: Quality,
    negotiation: Negotiation,
    post: Post,
    /// The data channel of the pair carries signals.
    channel: bool,
    /// How often what waits to be seen has been said; `None` while nothing waits.
    saying: Option<u32>,
    /// The timer for a word to the other end runs.
    word_due: bool,
    connection: ConnectionState,
    was_connected: bool,
    ice_restarted: bool,
    tries: u8,
    given_up: bool,
    watch: Option<Duration>,
}

/// What a connection that is late comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Late {
    /// It is being mended.
    Mending(Vec<Effect>),
    /// Nothing helped.
    GivenUp,
}

impl Link {
    /// A link whose connection is yet to be made; `you` decides who is polite.
    pub(crate) fn new(you: ParticipantId, link: protocol::Link) -> Self {
        Self::guarded(you, link, Guards::default())
    }

    fn guarded(you: ParticipantId, link: protocol::Link, guards: Guards) -> Self {
        let polite = you > link.peer;
        Self {
            peer: link.peer,
            epoch: link.epoch,
            camera: false,
            microphone: false,
            screen: false,
            guards,
            polite,
            opened: false,
            orphaned: false,
            quality: Quality::default(),
            negotiation: Negotiation::new(polite, guards),
            post: Post::new(guards),
            channel: false,
            saying: None,
            word_due: false,
            connection: ConnectionState::New,
            was_connected: false,
            ice_restarted: false,
            tries: 0,
            given_up: false,
            watch: None,
        }
    }

    /// A link whose connection went with the page that had it: a new epoch is asked for at once, and none is made
    /// before.
    pub(crate) fn without_connection(you: ParticipantId, link: protocol::Link) -> (Self, Vec<Effect>) {
        let mut link = Self {
            opened: true,
            orphaned: true,
            ..Self::new(you, link)
        };
        let effects = link.renew();
        link.tries = 0;
        (link, effects)
    }

    /// The same link under its next epoch: what the user knows of the peer stays.
    pub(crate) fn renewed(&self, you: ParticipantId, link: protocol::Link) -> Self {
        Self {
            camera: self.camera,
            microphone: self.microphone,
            screen: self.screen,
            quality: self.quality.renewed(),
            was_connected: self.was_connected,
            tries: self.tries,
            ..Self::guarded(you, link, self.guards)
        }
    }

    /// Makes the connection, if it is not made yet.
    pub(crate) fn open(&mut self, ice_servers: Vec<IceServer>) -> Vec<Effect> {
        if std::mem::replace(&mut self.opened, true) {
            return Vec::new();
        }
        let (peer, epoch) = (self.peer, self.epoch);
        let mut effects = vec![Effect::OpenPeer {
            peer,
            epoch,
            offers: !self.polite,
            ice_servers,
        }];
        let orders = self.negotiation.opened();
        effects.extend(self.carry(orders));
        effects
    }

    /// Gives the connection back.
    pub(crate) fn close(&self) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        vec![
            Effect::StopTimer(Timer::LinkLate(peer, epoch)),
            Effect::StopTimer(Timer::SignalUnseen(peer, epoch)),
            Effect::StopTimer(Timer::WordDue(peer, epoch)),
            Effect::ClosePeer { peer, epoch },
        ]
    }

    /// Something came from the peer, by whatever way; what names another epoch is stale.
    pub(crate) fn received(&mut self, epoch: Epoch, parcel: Parcel) -> Vec<Effect> {
        let stale = epoch != self.epoch && self.guards.stand(Guard::EpochsMatch);
        if stale || self.orphaned {
            return Vec::new();
        }
        let mut effects = Vec::new();
        for signal in self.post.receive(parcel) {
            effects.extend(self.told(signal));
        }
        effects.extend(self.mind_post());
        effects
    }

    /// The peer tells something, in its turn.
    fn told(&mut self, signal: Signal) -> Vec<Effect> {
        let what = match signal {
            Signal::Media {
                camera,
                microphone,
                screen,
            } => {
                self.camera = camera;
                self.microphone = microphone;
                self.screen = screen;
                return Vec::new();
            }
            Signal::Description(description) => Received::Description(description),
            Signal::Candidate(candidate) => Received::Candidate(candidate),
        };
        self.negotiate(|negotiation| negotiation.received(what))
    }

    /// Takes a step of the negotiation.
    pub(crate) fn negotiate(&mut self, step: impl FnOnce(&mut Negotiation) -> Vec<Order>) -> Vec<Effect> {
        let orders = step(&mut self.negotiation);
        self.carry(orders)
    }

    /// The connection changed.
    pub(crate) fn connection_changed(&mut self, state: ConnectionState) -> Vec<Effect> {
        self.connection = state;
        if state == ConnectionState::Connected {
            self.was_connected = true;
            self.given_up = false;
        }
        self.watch()
    }

    /// The time is up for a connection that is not as it should be.
    pub(crate) fn late(&mut self, online: bool) -> Late {
        let (peer, epoch) = (self.peer, self.epoch);
        self.watch = None;
        if !online {
            // Nothing can be mended without the server; when it is back, what is not as it should be begins anew.
            return Late::Mending(Vec::new());
        }
        if self.is_lost() && !self.ice_restarted {
            self.ice_restarted = true;
            let mut effects = vec![Effect::RestartIce { peer, epoch }];
            effects.extend(self.watch());
            return Late::Mending(effects);
        }
        if self.tries >= TRIES {
            self.given_up = true;
            return Late::GivenUp;
        }
        Late::Mending(self.renew())
    }

    /// The user asks for another attempt; a connection that was not given up goes on.
    pub(crate) fn retry(&mut self) -> Vec<Effect> {
        if !self.given_up {
            return Vec::new();
        }
        self.tries = 0;
        self.given_up = false;
        self.renew()
    }

    /// A way to the peer is open again by which signals may have been lost: they are said once more. A connection
    /// that was lost meanwhile begins anew.
    pub(crate) fn resumed(&mut self) -> Vec<Effect> {
        if self.orphaned {
            // The wish for the next epoch may be what was lost.
            return self.renew();
        }
        let mut effects = self.say_again();
        let waits = self.watch.is_some() || self.given_up || self.is_settled();
        if self.opened && !waits {
            effects.extend(self.renew());
        }
        effects
    }

    /// The data channel of the pair opened or closed.
    pub(crate) fn channel_changed(&mut self, open: bool) -> Vec<Effect> {
        self.channel = open;
        if open { self.say_again() } else { Vec::new() }
    }

    /// The peer has not said that it has seen our signals.
    pub(crate) fn unseen(&mut self) -> Vec<Effect> {
        let times = self.saying.take().unwrap_or_default();
        let mut effects = self.post_again();
        if self.post.awaits() {
            effects.push(self.start_saying(times + 1));
        }
        effects.extend(self.mind_post());
        effects
    }

    /// No signal went out with which the word could have gone that the peer's have come.
    pub(crate) fn word_due(&mut self) -> Vec<Effect> {
        self.word_due = false;
        let word = self.post.acknowledge();
        word.map(|word| self.post_off(word)).unwrap_or_default()
    }

    /// Says what we send.
    pub(crate) fn tell_media(&mut self, sending: Sending) -> Vec<Effect> {
        let mut effects = self.say(sending.into());
        effects.extend(self.mind_post());
        effects
    }

    pub(crate) fn tile_state(&self) -> TileState {
        if self.given_up {
            TileState::Failed
        } else if self.connection == ConnectionState::Connected {
            TileState::Connected
        } else if self.was_connected {
            TileState::Reconnecting
        } else {
            TileState::Connecting
        }
    }

    fn renew(&mut self) -> Vec<Effect> {
        self.tries = self.tries.saturating_add(1);
        let mut effects = vec![Effect::Send(ClientMessage::RestartLink {
            peer: self.peer,
            epoch: self.epoch,
        })];
        effects.extend(self.watch());
        effects
    }

    fn carry(&mut self, orders: Vec<Order>) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        let mut effects = Vec::new();
        for order in orders {
            match order {
                Order::SetLocal => effects.push(Effect::SetLocalDescription { peer, epoch }),
                Order::SetRemote(description) => {
                    effects.push(Effect::SetRemoteDescription {
                        peer,
                        epoch,
                        description,
                    });
                }
                Order::AddCandidate(candidate) => effects.push(Effect::AddIceCandidate {
                    peer,
                    epoch,
                    candidate,
                }),
                Order::SendDescription(description) => {
                    effects.extend(self.say(Signal::Description(description)));
                }
                Order::SendCandidate(candidate) => {
                    effects.extend(self.say(Signal::Candidate(candidate)));
                }
                // A description that never works must not be tried at the speed of the network.
                Order::GiveUp if self.tries >= TRIES => self.given_up = true,
                Order::GiveUp => effects.extend(self.renew()),
            }
        }
        effects.extend(self.watch());
        effects.extend(self.mind_post());
        effects
    }

    /// Says a signal. A peer that has seen nothing for very long is met in a new epoch, or not at all.
    fn say(&mut self, signal: Signal) -> Vec<Effect> {
        match self.post.send(signal) {
            Some(parcel) => self.post_off(parcel),
            None => self.renew(),
        }
    }

    /// Sends by every way that is open, as any of them may lose it: what comes twice counts once.
    fn post_off(&self, parcel: Parcel) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        let past = self.channel.then(|| Effect::SendPast {
            peer,
            epoch,
            parcel: parcel.clone(),
        });
        let through = Effect::Send(ClientMessage::Signal {
            to: peer,
            epoch,
            signal: parcel,
        });
        past.into_iter().chain([through]).collect()
    }

    fn post_again(&mut self) -> Vec<Effect> {
        let again = self.post.again().into_iter();
        again.flat_map(|parcel| self.post_off(parcel)).collect()
    }

    fn say_again(&mut self) -> Vec<Effect> {
        let mut effects = self.post_again();
        if self.post.awaits() {
            effects.push(self.start_saying(0));
        }
        effects
    }

    fn start_saying(&mut self, times: u32) -> Effect {
        self.saying = Some(times);
        Effect::StartTimer {
            timer: Timer::SignalUnseen(self.peer, self.epoch),
            after: AGAIN.saturating_mul(1 << times.min(8)).min(LONGEST_AGAIN),
        }
    }

    /// Keeps the timers of the post right.
    fn mind_post(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.post.awaits() && self.saying.is_none() {
            effects.push(self.start_saying(0));
        } else if !self.post.awaits() && self.saying.take().is_some() {
            effects.push(Effect::StopTimer(Timer::SignalUnseen(self.peer, self.epoch)));
        }
        let timer = Timer::WordDue(self.peer, self.epoch);
        let owes = self.post.owes();
        if std::mem::replace(&mut self.word_due, owes) != owes {
            effects.push(if owes {
                Effect::StartTimer { timer, after: WORD }
            } else {
                Effect::StopTimer(timer)
            });
        }
        effects
    }

    fn is_settled(&self) -> bool {
        self.connection == ConnectionState::Connected && self.negotiation.settled()
    }

    fn is_lost(&self) -> bool {
        matches!(
            self.connection,
            ConnectionState::Disconnected | ConnectionState::Failed
        )
    }

    /// How long the link may stay as it is; `None` when that is for as long as it likes.
    fn patience(&self) -> Option<Duration> {
        if self.given_up || self.is_settled() {
            return None;
        }
        Some(match (self.connection, self.polite) {
            _ if self.ice_restarted => CONNECT,
            (ConnectionState::Disconnected, true) => PAUSE_POLITE,
            (ConnectionState::Disconnected, false) => PAUSE_IMPOLITE,
            (ConnectionState::Failed, true) => BROKEN_POLITE,
            (ConnectionState::Failed, false) => BROKEN_IMPOLITE,
            _ => CONNECT,
        })
    }

    /// Keeps the timer right: started when patience begins to run, stopped when all is well.
    fn watch(&mut self) -> Vec<Effect> {
        if self.is_settled() {
            self.ice_restarted = false;
            self.tries = 0;
        }
        let patience = self.patience();
        if patience == self.watch {
            return Vec::new();
        }
        self.watch = patience;
        let timer = Timer::LinkLate(self.peer, self.epoch);
        vec![
            patience.map_or(Effect::StopTimer(timer), |after| Effect::StartTimer {
                timer,
                after,
            }),
        ]
    }
}

#[cfg(test)]
mod search;
#[cfg(test)]
mod tests;
