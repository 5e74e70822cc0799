//! Links: permissions to connect, the reasons that keep them open, and the signals along them.

use std::collections::btree_map::Entry;

use protocol::{
    ChatEntry, Epoch, ErrorCode, Link, LinkCloseReason, ParticipantId, ServerMessage, UserName, limits,
};
use serde_json::value::RawValue;

use super::output::Output;
use super::pair::{LinkState, Pair};
use super::refused::Refused;
use super::room::Room;
use super::turn::Turn;

impl Room {
    /// Closes a link, whatever keeps it open.
    pub fn hang_up(
        &mut self,
        me: ParticipantId,
        peer: ParticipantId,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        let pair = self.check_linked(me, peer)?;
        if self.conference.contains(&me) && self.conference.contains(&peer) {
            self.apart.insert(pair);
        }
        self.end_call(pair, me, turn);
        self.close_if_idle(pair, LinkCloseReason::HungUp, turn);
        Ok(())
    }

    /// Assigns a new epoch to a link, unless the one that failed has already been replaced.
    pub fn restart_link(
        &mut self,
        me: ParticipantId,
        peer: ParticipantId,
        failed: Epoch,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        let pair = self.check_linked(me, peer)?;
        let Some(tie) = self.links.get_mut(&pair) else {
            return Ok(());
        };
        if failed == tie.epoch {
            tie.epoch = turn.ids.epoch();
            self.tell_opened(pair, turn);
        }
        Ok(())
    }

    /// Relays a signal, stamped with its sender. Signals to a participant who is away are dropped: their
    /// connections are recovered when they come back.
    pub fn relay(
        &self,
        me: ParticipantId,
        to: ParticipantId,
        epoch: Epoch,
        signal: Box<RawValue>,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        let pair = self.check_linked(me, to)?;
        if self.links.get(&pair).is_none_or(|tie| tie.epoch != epoch) {
            return Err(Refused::participant(ErrorCode::NotLinked, to));
        }
        turn.send(
            self.sockets_of(&[to]),
            ServerMessage::Signal {
                from: me,
                epoch,
                signal,
            },
        );
        Ok(())
    }

    /// Notifies the peers of a participant who came back that their links continue: signals to that seat were
    /// dropped meanwhile, and only the peers know what to retransmit.
    pub fn tell_back(&self, me: ParticipantId, turn: &mut Turn<'_>) {
        for Link { peer, epoch } in self.links_of(me) {
            turn.send(
                self.sockets_of(&[peer]),
                ServerMessage::LinkOpened {
                    link: Link { peer: me, epoch },
                },
            );
        }
    }

    /// A participant's links, as that participant sees them.
    pub fn links_of(&self, me: ParticipantId) -> Vec<Link> {
        self.links
            .iter()
            .filter_map(|(pair, tie)| {
                Some(Link {
                    peer: pair.other(me)?,
                    epoch: tie.epoch,
                })
            })
            .collect()
    }

    /// The linked pairs that a participant belongs to.
    pub fn pairs_of(&self, me: ParticipantId) -> Vec<Pair> {
        self.links
            .keys()
            .filter(|pair| pair.other(me).is_some())
            .copied()
            .collect()
    }

    /// Whether a participant may have `more` additional links.
    pub fn has_room_for_links(&self, who: ParticipantId, more: usize) -> bool {
        self.pairs_of(who).len() + more <= limits::PARTICIPANT_LINKS
    }

    /// Opens a link, unless there is one.
    pub fn open_link(&mut self, pair: Pair, turn: &mut Turn<'_>) {
        if let Entry::Vacant(vacant) = self.links.entry(pair) {
            let epoch = turn.ids.epoch();
            vacant.insert(LinkState {
                epoch,
                invited: false,
            });
            self.tell_opened(pair, turn);
            self.watch_both(pair, turn);
        }
    }

    /// Updates for both ends how closely their sockets are monitored.
    fn watch_both(&self, pair: Pair, turn: &mut Turn<'_>) {
        for who in pair.both() {
            self.watch(who, turn);
        }
    }

    /// Updates how closely a participant's socket is monitored: closely while it has a link.
    pub fn watch(&self, who: ParticipantId, turn: &mut Turn<'_>) {
        let closely = self.links.keys().any(|pair| pair.other(who).is_some());
        if let Some(socket) = self.seats.get(&who).and_then(|seat| seat.socket()) {
            turn.out.push(Output::Watch { socket, closely });
        }
    }

    /// Closes a link if neither an invitation nor the group call keeps it open.
    pub fn close_if_idle(&mut self, pair: Pair, reason: LinkCloseReason, turn: &mut Turn<'_>) {
        let Some(tie) = self.links.get(&pair).copied() else {
            return;
        };
        let meshed =
            pair.both().iter().all(|who| self.conference.contains(who)) && !self.apart.contains(&pair);
        if tie.invited || meshed {
            return;
        }
        self.links.remove(&pair);
        self.tell_each(pair, turn, |peer| ServerMessage::LinkClosed {
            link: Link {
                peer,
                epoch: tie.epoch,
            },
            reason,
        });
        self.watch_both(pair, turn);
    }

    /// Clears the invitation as a reason for the link, and records the end of the call in the chat.
    pub fn end_call(&mut self, pair: Pair, by: ParticipantId, turn: &mut Turn<'_>) {
        let Some(tie) = self.links.get_mut(&pair) else {
            return;
        };
        if std::mem::replace(&mut tie.invited, false) {
            self.write_of_pair(pair, by, |with| ChatEntry::CallEnded { with }, turn);
        }
    }

    /// Writes a chat entry by one participant of a pair that names the other.
    pub fn write_of_pair(
        &self,
        pair: Pair,
        by: ParticipantId,
        entry: impl FnOnce(UserName) -> ChatEntry,
        turn: &mut Turn<'_>,
    ) {
        let other = pair.other(by).and_then(|other| self.seats.get(&other));
        if let (Some(author), Some(other)) = (self.seats.get(&by), other) {
            turn.write(author, entry(other.name.clone()));
        }
    }

    fn check_linked(&self, me: ParticipantId, peer: ParticipantId) -> Result<Pair, Refused> {
        self.check_other(me, peer)?;
        let pair = Pair::new(me, peer);
        if self.links.contains_key(&pair) {
            Ok(pair)
        } else {
            Err(Refused::participant(ErrorCode::NotLinked, peer))
        }
    }

    fn tell_opened(&self, pair: Pair, turn: &mut Turn<'_>) {
        let Some(LinkState { epoch, .. }) = self.links.get(&pair).copied() else {
            return;
        };
        self.tell_each(pair, turn, |peer| ServerMessage::LinkOpened {
            link: Link { peer, epoch },
        });
    }

    /// Sends each of a pair a message about the other.
    fn tell_each(
        &self,
        pair: Pair,
        turn: &mut Turn<'_>,
        message: impl Fn(ParticipantId) -> super::RawServerMessage,
    ) {
        let [one, two] = pair.both();
        turn.send(self.sockets_of(&[one]), message(two));
        turn.send(self.sockets_of(&[two]), message(one));
    }
}
