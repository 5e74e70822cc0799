//! Execution of an end's effects, and delivery to the other end.

use protocol::{ClientMessage, Epoch};

use super::super::browser::{Browser, Done, Fault, Operation};
use super::{Pair, Told, id, name};
use crate::link::Link;
use crate::media::LocalMediaState;
use crate::room::Room;
use crate::turn::Turn;
use crate::turn::tests::ordered;
use crate::{Effect, NewConnection, PeerOrder, SocketOrder};

impl Pair {
    /// Runs `act` on the link of an end, and executes the effects.
    pub(super) fn act(&mut self, at: usize, act: impl FnOnce(&mut Link, &mut Turn)) -> Result<(), Fault> {
        self.in_room(at, |room, turn| act(&mut room.links[0], turn))
    }

    pub(super) fn in_room(&mut self, at: usize, act: impl FnOnce(&mut Room, &mut Turn)) -> Result<(), Fault> {
        let room = &mut self.ends[at].room;
        let effects = ordered(Turn::default(), |turn| {
            act(room, turn);
            room.links[0].open(turn);
            room.links[0].restart(turn);
        });
        self.carry_out(at, effects)
    }

    pub(super) fn complete(&mut self, at: usize) -> Result<(), Fault> {
        let made = self.ends[at].browser.complete()?;
        let state = self.ends[at].browser.state;
        self.act(at, |link, turn| {
            link.negotiate(turn, |negotiation| match made {
                Done::Created(offer) => negotiation.offer_created(offer),
                Done::Local(description) => negotiation.local_set(description, state),
                Done::Remote => negotiation.remote_set(state),
            });
        })
    }

    pub(super) fn hear(&mut self, at: usize, told: Told) -> Result<(), Fault> {
        let peer = id(1 - at);
        self.in_room(at, |room, turn| match told {
            Told::Opened(epoch) => {
                room.link_opened(turn, protocol::Link { peer, epoch }, LocalMediaState::default());
            }
            Told::Signal(epoch, envelope) => room.signal(turn, peer, epoch, envelope),
        })
    }

    pub(super) fn break_socket(&mut self, at: usize, both: bool) -> Result<(), Fault> {
        self.left.breaks -= 1;
        self.ends[at].socket.clear();
        if both {
            let kept = |told: &Told| matches!(told, Told::Opened(_));
            self.ends[1 - at].socket.retain(kept);
        }
        // The welcome, and the notification of the other end that this one is back.
        let newest = Epoch(self.newest);
        for end in &mut self.ends {
            end.socket.push_back(Told::Opened(newest));
        }
        self.act(at, Link::resumed)
    }

    pub(super) fn carry_out(&mut self, at: usize, effects: Vec<Effect>) -> Result<(), Fault> {
        for effect in effects {
            match effect {
                Effect::Peer {
                    epoch,
                    order: PeerOrder::Open(NewConnection { offers, .. }),
                    ..
                } => {
                    let end = &mut self.ends[at];
                    end.open.push(epoch);
                    if end.open.len() > 1 {
                        return Err(format!("two connections with one peer: {:?}", end.open));
                    }
                    end.browser = Browser::new(name(at), offers);
                    end.connected = false;
                }
                Effect::Peer {
                    epoch,
                    order: PeerOrder::Close,
                    ..
                } => self.ends[at].open.retain(|open| *open != epoch),
                Effect::Peer {
                    order: PeerOrder::CreateOffer,
                    ..
                } => self.ends[at].browser.begin(Operation::CreateOffer)?,
                Effect::Peer {
                    order: PeerOrder::SetLocalDescription(offer),
                    ..
                } => {
                    self.ends[at].browser.begin(Operation::Local(offer))?;
                }
                Effect::Peer {
                    order: PeerOrder::SetRemoteDescription(description),
                    ..
                } => {
                    self.ends[at].browser.begin(Operation::Remote(description))?;
                }
                Effect::Peer {
                    order: PeerOrder::AddIceCandidate(candidate),
                    ..
                } => self.ends[at].browser.add(&candidate)?,
                Effect::Peer {
                    order: PeerOrder::RestartIce(_),
                    ..
                } => self.ends[at].browser.restart(),
                Effect::Peer {
                    epoch,
                    order: PeerOrder::SendOnDataChannel(envelope),
                    ..
                } => {
                    self.ends[1 - at].channel.push_back((epoch, envelope));
                }
                Effect::Socket(SocketOrder::Send(ClientMessage::Signal { epoch, signal, .. })) => {
                    self.ends[1 - at].socket.push_back(Told::Signal(epoch, signal));
                }
                Effect::Socket(SocketOrder::Send(ClientMessage::RestartLink { epoch, .. }))
                    if epoch == Epoch(self.newest) =>
                {
                    self.newest += 1;
                    let newest = Epoch(self.newest);
                    for end in &mut self.ends {
                        end.socket.push_back(Told::Opened(newest));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}
