//! One room: its seats, and what it takes to come and go. The files beside this one add what they are named for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use protocol::{
    ErrorCode, InvitationId, LinkCloseReason, Participant, ParticipantId, Role, RoomSettings, SeatKey,
    ServerMessage, UserName, Welcome,
};

use super::deadlines::{Deadlines, Due};
use super::entry::History;
use super::ids::{SocketId, UserId};
use super::newcomer::Newcomer;
use super::output::Output;
use super::pair::{Pair, Ringing, Tie};
use super::refused::Refused;
use super::rules::Rules;
use super::seat::{Presence, Seat};
use super::turn::Turn;
use crate::names;

/// A room that somebody is in. Ids grow, so every map is in the order in which things came.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) seats: BTreeMap<ParticipantId, Seat>,
    pub(super) conference: BTreeSet<ParticipantId>,
    pub(super) invitations: BTreeMap<InvitationId, Ringing>,
    pub(super) links: BTreeMap<Pair, Tie>,
    /// Pairs in the conference that hung up on each other.
    pub(super) apart: BTreeSet<Pair>,
    /// Who was muted while their page was away, and by whom: it hears so when it is back.
    pub(super) muted: BTreeMap<ParticipantId, ParticipantId>,
    /// Whose page said last that it is being closed.
    pub(super) closing: BTreeSet<ParticipantId>,
    /// What it is by its own rules, as the disk has it.
    pub(super) rules: Rules,
    /// Who waits to be let in.
    pub(super) newcomers: BTreeMap<ParticipantId, Newcomer>,
    /// Who speaks by each live socket: a seat, or a newcomer.
    pub(super) places: HashMap<SocketId, ParticipantId>,
    /// What ends by itself.
    pub(super) deadlines: Deadlines,
    /// It is one more than there may be.
    pub(super) too_many: bool,
}

impl Room {
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty() && self.newcomers.is_empty()
    }

    /// Makes sure that there may be this room, too.
    pub fn check_bound(&self) -> Result<(), ErrorCode> {
        if self.too_many {
            return Err(ErrorCode::ServerBusy);
        }
        Ok(())
    }

    /// The live sockets of everybody.
    pub fn sockets(&self) -> Vec<SocketId> {
        self.seats.values().filter_map(Seat::socket).collect()
    }

    /// The live sockets of some; nothing for who is away, whom a welcome will tell all.
    pub fn sockets_of(&self, participants: &[ParticipantId]) -> Vec<SocketId> {
        participants
            .iter()
            .filter_map(|id| self.seats.get(id)?.socket())
            .collect()
    }

    /// The live sockets of everybody else.
    pub fn sockets_but(&self, participant: ParticipantId) -> Vec<SocketId> {
        self.seats
            .iter()
            .filter(|(id, _)| **id != participant)
            .filter_map(|(_, seat)| seat.socket())
            .collect()
    }

    /// The seat of a user.
    pub fn seat_of(&self, user: UserId) -> Option<(ParticipantId, &Seat)> {
        self.seats
            .iter()
            .find(|(_, seat)| seat.user == user)
            .map(|(id, seat)| (*id, seat))
    }

    /// Whether somebody here has this name, or one that looks like it.
    pub fn has_one_like(&self, name: &UserName) -> bool {
        let (key, skeleton) = (names::key(name.as_str()), names::skeleton_of(name.as_str()));
        let alike = |other: &str| names::key(other) == key || names::skeleton_of(other) == skeleton;
        self.seats.values().any(|seat| alike(seat.name.as_str()))
    }

    /// Makes sure that `peer` is somebody else in this room.
    pub fn check_other(&self, me: ParticipantId, peer: ParticipantId) -> Result<(), Refused> {
        if peer == me {
            return Err(Refused::participant(ErrorCode::NotYourself, peer));
        }
        if self.seats.contains_key(&peer) {
            Ok(())
        } else {
            Err(Refused::participant(ErrorCode::UnknownParticipant, peer))
        }
    }

    /// Seats somebody new and tells the others.
    pub fn add(&mut self, seat: Seat, turn: &mut Turn<'_>) -> ParticipantId {
        let id = turn.ids.participant();
        let participant = self.describe(id, &seat);
        self.seats.insert(id, seat);
        turn.tell(
            self.sockets_but(id),
            ServerMessage::ParticipantJoined { participant },
        );
        id
    }

    /// Lets a seat's page come back by a new socket, and tells the others if they were told that it was away; gives
    /// the socket that it had, if that still seemed to live.
    pub fn reseat(&mut self, id: ParticipantId, socket: SocketId, turn: &mut Turn<'_>) -> Option<SocketId> {
        self.closing.remove(&id);
        let seat = self.seats.get_mut(&id)?;
        match std::mem::replace(&mut seat.presence, Presence::Here(socket)) {
            Presence::Here(old) => Some(old),
            Presence::Away(until) => {
                self.deadlines.clear(until, Due::Seat(id));
                turn.tell(
                    self.sockets_but(id),
                    ServerMessage::ParticipantBack { participant: id },
                );
                None
            }
        }
    }

    /// Keeps a seat for a while after its socket broke, and tells the others so.
    pub fn vacate(&mut self, id: ParticipantId, turn: &mut Turn<'_>) {
        if let Some(seat) = self.seats.get_mut(&id) {
            let until = turn.now
                + if self.closing.remove(&id) {
                    turn.timings.closed_seat_grace
                } else {
                    turn.timings.seat_grace
                };
            seat.presence = Presence::Away(until);
            self.deadlines.set(until, Due::Seat(id));
            turn.tell(
                self.sockets_but(id),
                ServerMessage::ParticipantAway { participant: id },
            );
        }
    }

    /// Notes whether a seat's page is being closed.
    pub fn set_closing(&mut self, id: ParticipantId, closing: bool) {
        if closing {
            self.closing.insert(id);
        } else {
            self.closing.remove(&id);
        }
    }

    /// Takes a seat away, after all that hangs on it.
    pub fn remove(
        &mut self,
        id: ParticipantId,
        reason: LinkCloseReason,
        turn: &mut Turn<'_>,
    ) -> Option<Seat> {
        let seat = self.seats.get(&id)?.clone();
        if let Presence::Away(until) = seat.presence {
            self.deadlines.clear(until, Due::Seat(id));
        }
        // From here on nobody tells it anything: its socket is closed or belongs to another seat.
        if let Some(seat) = self.seats.get_mut(&id) {
            seat.presence = Presence::Away(turn.now);
        }
        self.withdraw_invitations(id, turn);
        self.forget_apart(id);
        self.muted.remove(&id);
        self.closing.remove(&id);
        let was_in_conference = self.conference.remove(&id);
        for pair in self.pairs_of(id) {
            self.end_call(pair, id, turn);
            self.close_if_idle(pair, reason, turn);
        }
        if was_in_conference {
            turn.tell(self.sockets(), ServerMessage::ConferenceLeft { participant: id });
        }
        self.seats.remove(&id);
        turn.tell(self.sockets(), ServerMessage::ParticipantLeft { participant: id });
        Some(seat)
    }

    /// Tells a client all that it needs to know, the key of its seat among it.
    pub fn welcome(
        &self,
        (me, key): (ParticipantId, SeatKey),
        resumed: bool,
        history: History,
        turn: &mut Turn<'_>,
    ) {
        let Some(seat) = self.seats.get(&me) else { return };
        let Some(socket) = seat.socket() else { return };
        let participants = self
            .seats
            .iter()
            .map(|(id, seat)| self.describe(*id, seat))
            .collect();
        let newcomers = if self.role(me).moderates() {
            self.waiting()
        } else {
            Vec::new()
        };
        let welcome = Welcome {
            version: protocol::VERSION,
            room: turn.room.clone(),
            you: me,
            seat: key,
            resumed,
            participants,
            conference: self.conference.iter().copied().collect(),
            invitations: self.invitations_of(me, turn.now),
            links: self.links_of(me),
            messages: history.messages,
            history_complete: history.complete,
            settings: RoomSettings {
                // The server may allow less than it did when they decided.
                size: self.rules.settings.size.min(turn.bounds.room_participants),
                ..self.rules.settings
            },
            largest_size: turn.bounds.room_participants,
            newcomers,
            blocked: seat.standing.blocked_names(),
        };
        let message = Box::new(ServerMessage::Welcome(Box::new(welcome)));
        turn.out.push(Output::Tell {
            to: vec![socket],
            message,
        });
    }
}

impl Room {
    /// The role of somebody who is here.
    pub fn role(&self, who: ParticipantId) -> Role {
        let role = |seat: &Seat| self.rules.role(seat.user, &seat.standing);
        self.seats.get(&who).map(role).unwrap_or_default()
    }

    /// Somebody who is here, as everybody is told.
    pub fn describe(&self, id: ParticipantId, seat: &Seat) -> Participant {
        Participant {
            role: self.rules.role(seat.user, &seat.standing),
            silenced: seat.standing.silenced,
            away: seat.socket().is_none(),
            guest: seat.guest,
            ..Participant::new(id, seat.name.clone())
        }
    }
}
