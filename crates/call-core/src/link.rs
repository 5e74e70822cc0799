//! Links: one connection with each peer that the server lets the user talk with.
//!
//! The server opens, renews and closes links, each time with an epoch; what names another epoch is stale. A
//! connection that is not there in time is mended in three steps of growing cost: ICE is restarted, then the
//! server is asked for a new epoch, then the user is.

use std::time::Duration;

use protocol::http::IceServer;
use protocol::{ClientMessage, Epoch, ParticipantId, Signal};

use crate::negotiation::{Negotiation, Order, Received};
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

/// One link in its current epoch.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) peer: ParticipantId,
    pub(crate) epoch: Epoch,
    pub(crate) camera: bool,
    pub(crate) microphone: bool,
    pub(crate) screen: bool,
    polite: bool,
    opened: bool,
    pub(crate) quality: Quality,
    negotiation: Negotiation,
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
        let polite = you > link.peer;
        Self {
            peer: link.peer,
            epoch: link.epoch,
            camera: false,
            microphone: false,
            screen: false,
            polite,
            opened: false,
            quality: Quality::default(),
            negotiation: Negotiation::new(polite),
            connection: ConnectionState::New,
            was_connected: false,
            ice_restarted: false,
            tries: 0,
            given_up: false,
            watch: None,
        }
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
            ..Self::new(you, link)
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
            Effect::ClosePeer { peer, epoch },
        ]
    }

    /// The peer tells something.
    pub(crate) fn received(&mut self, signal: Signal) -> Vec<Effect> {
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

    /// The socket is back after a break in which signals may have been lost: a connection that was in the
    /// middle of something begins anew.
    pub(crate) fn resumed(&mut self) -> Vec<Effect> {
        if self.is_settled() || self.given_up {
            Vec::new()
        } else {
            self.renew()
        }
    }

    /// What is said of what we send.
    pub(crate) fn tell_media(&self, sending: Sending) -> ClientMessage {
        self.signal(sending.into())
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
                    effects.push(Effect::Send(self.signal(Signal::Description(description))));
                }
                Order::SendCandidate(candidate) => {
                    effects.push(Effect::Send(self.signal(Signal::Candidate(candidate))));
                }
                // A description that never works must not be tried at the speed of the network.
                Order::GiveUp if self.tries >= TRIES => self.given_up = true,
                Order::GiveUp => effects.extend(self.renew()),
            }
        }
        effects.extend(self.watch());
        effects
    }

    fn signal(&self, signal: Signal) -> ClientMessage {
        ClientMessage::Signal {
            to: self.peer,
            epoch: self.epoch,
            signal,
        }
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
mod tests {
    use super::*;

    const YOU: ParticipantId = ParticipantId(1);
    const PEER: ParticipantId = ParticipantId(2);

    fn link() -> Link {
        Link::new(
            YOU,
            protocol::Link {
                peer: PEER,
                epoch: Epoch(9),
            },
        )
    }

    fn restart() -> Effect {
        Effect::Send(ClientMessage::RestartLink {
            peer: PEER,
            epoch: Epoch(9),
        })
    }

    #[test]
    fn the_lesser_id_offers_and_the_greater_waits_for_the_offer() {
        let opens = |you: u64| {
            let effects = Link::new(
                ParticipantId(you),
                protocol::Link {
                    peer: PEER,
                    epoch: Epoch(9),
                },
            )
            .open(vec![]);
            effects.into_iter().find_map(|effect| match effect {
                Effect::OpenPeer { offers, .. } => Some(offers),
                _ => None,
            })
        };
        assert_eq!(opens(1), Some(true));
        assert_eq!(opens(3), Some(false));
    }

    #[test]
    fn a_lost_connection_restarts_ice_then_asks_for_a_new_epoch_then_gives_up() {
        let mut link = link();
        link.open(vec![]);
        link.connection_changed(ConnectionState::Connected);
        link.connection_changed(ConnectionState::Disconnected);
        assert_eq!(link.tile_state(), TileState::Reconnecting);
        let Late::Mending(effects) = link.late(true) else {
            unreachable!("ICE is restarted first")
        };
        assert_eq!(
            effects[0],
            Effect::RestartIce {
                peer: PEER,
                epoch: Epoch(9)
            }
        );
        for _ in 0..TRIES {
            let Late::Mending(effects) = link.late(true) else {
                unreachable!("new epochs are tried")
            };
            assert_eq!(effects[0], restart());
        }
        assert_eq!(link.late(true), Late::GivenUp);
        assert_eq!(link.tile_state(), TileState::Failed);
        assert_eq!(link.retry()[0], restart());
    }

    #[test]
    fn nothing_is_given_up_while_the_server_is_out_of_reach() {
        let mut link = link();
        link.open(vec![]);
        for _ in 0..20 {
            assert_eq!(link.late(false), Late::Mending(vec![]));
        }
        assert_eq!(link.resumed()[0], restart(), "when the server is back");
    }
}
