//! The group call: every member has a link with every other, except for pairs that hung up.

use protocol::{ChatEntry, ErrorCode, LinkCloseReason, ParticipantId, ServerMessage, limits};

use super::pair::Pair;
use super::refused::Refused;
use super::room::Room;
use super::turn::Turn;

impl Room {
    /// Joins the group call; opens the missing links to its members.
    pub fn join_conference(&mut self, me: ParticipantId, turn: &mut Turn<'_>) -> Result<(), Refused> {
        if self.conference.contains(&me) {
            return Err(ErrorCode::AlreadyInConference.into());
        }
        if self.conference.len() >= limits::CONFERENCE_PARTICIPANTS {
            return Err(ErrorCode::ConferenceFull.into());
        }
        let new: Vec<Pair> = self
            .conference
            .iter()
            .map(|member| Pair::new(me, *member))
            .filter(|pair| !self.links.contains_key(pair))
            .collect();
        let crowded = |pair: &Pair| {
            pair.other(me)
                .is_some_and(|peer| !self.has_room_for_links(peer, 1))
        };
        if !self.has_room_for_links(me, new.len()) || new.iter().any(crowded) {
            return Err(ErrorCode::TooManyLinks.into());
        }
        self.conference.insert(me);
        turn.send(
            self.sockets(),
            ServerMessage::ConferenceJoined { participant: me },
        );
        for pair in new {
            self.open_link(pair, turn);
        }
        self.write_of(me, ChatEntry::ConferenceJoined {}, turn);
        Ok(())
    }

    /// Leaves the group call; links kept open by an invitation stay.
    pub fn leave_conference(&mut self, me: ParticipantId, turn: &mut Turn<'_>) -> Result<(), Refused> {
        if !self.conference.remove(&me) {
            return Err(ErrorCode::NotInConference.into());
        }
        self.forget_apart(me);
        for pair in self.pairs_of(me) {
            self.close_if_idle(pair, LinkCloseReason::ConferenceLeft, turn);
        }
        turn.send(self.sockets(), ServerMessage::ConferenceLeft { participant: me });
        self.write_of(me, ChatEntry::ConferenceLeft {}, turn);
        Ok(())
    }

    /// Forgets whom a participant hung up on: after rejoining, they are linked with all members again.
    pub fn forget_apart(&mut self, me: ParticipantId) {
        self.apart.retain(|pair| pair.other(me).is_none());
    }

    fn write_of(&self, me: ParticipantId, entry: ChatEntry, turn: &mut Turn<'_>) {
        if let Some(seat) = self.seats.get(&me) {
            turn.write(seat, entry);
        }
    }
}
