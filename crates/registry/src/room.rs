//! A room: its seats, and how they are taken and given up. The files beside this one hold its operations by topic.

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
use super::pair::{LinkState, Pair, PendingInvitation};
use super::refused::Refused;
use super::rules::Rules;
use super::seat::{Presence, Seat};
use super::turn::Turn;
use crate::names;

/// A room with a participant or a waiting user. Ids increase, so every map by id is in the order of creation.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Boxed, since the map has room for eleven at once, and most rooms have few.
    pub(super) seats: BTreeMap<ParticipantId, Box<Seat>>,
    pub(super) conference: BTreeSet<ParticipantId>,
    pub(super) invitations: BTreeMap<InvitationId, PendingInvitation>,
    pub(super) links: BTreeMap<Pair, LinkState>,
    /// Pairs in the group call that hung up on each other.
    pub(super) apart: BTreeSet<Pair>,
    /// Participants muted while their page was away, with the moderator; they are notified when they are back.
    pub(super) muted: BTreeMap<ParticipantId, ParticipantId>,
    /// Participants whose page last announced that it is being closed.
    pub(super) closing: BTreeSet<ParticipantId>,
    /// The room's rules, as stored on disk.
    pub(super) rules: Rules,
    /// The waiting room.
    pub(super) newcomers: BTreeMap<ParticipantId, Newcomer>,
    /// The seat or waiting user of each live socket.
    pub(super) places: HashMap<SocketId, ParticipantId>,
    pub(super) deadlines: Deadlines,
    /// Whether the room exceeds the limit of rooms.
    pub(super) too_many: bool,
}

impl Room {
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty() && self.newcomers.is_empty()
    }

    /// Checks that the room does not exceed the limit of rooms.
    pub fn check_bound(&self) -> Result<(), ErrorCode> {
        if self.too_many {
            return Err(ErrorCode::ServerBusy);
        }
        Ok(())
    }

    /// The live sockets of all participants.
    pub fn sockets(&self) -> Vec<SocketId> {
        self.seats.values().filter_map(|seat| seat.socket()).collect()
    }

    /// The live sockets of some participants. Those who are away get a snapshot (`welcome`) when they come back.
    pub fn sockets_of(&self, participants: &[ParticipantId]) -> Vec<SocketId> {
        participants
            .iter()
            .filter_map(|id| self.seats.get(id)?.socket())
            .collect()
    }

    /// The live sockets of all participants but one.
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
            .map(|(id, seat)| (*id, &**seat))
    }

    /// Whether a participant has this name, or one that looks like it.
    pub fn has_one_like(&self, name: &UserName) -> bool {
        let (key, skeleton) = (names::key(name.as_str()), names::skeleton_of(name.as_str()));
        let alike = |other: &str| names::key(other) == key || names::skeleton_of(other) == skeleton;
        self.seats.values().any(|seat| alike(seat.name.as_str()))
    }

    /// Checks that `peer` is another participant of this room.
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

    /// Creates a seat and notifies the others.
    pub fn add(&mut self, seat: Seat, turn: &mut Turn<'_>) -> ParticipantId {
        let id = turn.ids.participant();
        let participant = self.describe(id, &seat);
        self.seats.insert(id, Box::new(seat));
        turn.send(
            self.sockets_but(id),
            ServerMessage::ParticipantJoined { participant },
        );
        id
    }

    /// Attaches a new socket to a seat, and notifies the others if it was away. Returns the socket it had
    /// before, if that still seemed alive.
    pub fn reseat(&mut self, id: ParticipantId, socket: SocketId, turn: &mut Turn<'_>) -> Option<SocketId> {
        self.closing.remove(&id);
        let seat = self.seats.get_mut(&id)?;
        match std::mem::replace(&mut seat.presence, Presence::Here(socket)) {
            Presence::Here(old) => Some(old),
            Presence::Away(until) => {
                self.deadlines.clear(until, Due::Seat(id));
                turn.send(
                    self.sockets_but(id),
                    ServerMessage::ParticipantBack { participant: id },
                );
                None
            }
        }
    }

    /// Holds a seat for a while after its socket broke, and notifies the others.
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
            turn.send(
                self.sockets_but(id),
                ServerMessage::ParticipantAway { participant: id },
            );
        }
    }

    /// Records whether a seat's page is being closed.
    pub fn set_closing(&mut self, id: ParticipantId, closing: bool) {
        if closing {
            self.closing.insert(id);
        } else {
            self.closing.remove(&id);
        }
    }

    /// Removes a seat, after everything that depends on it.
    pub fn remove(
        &mut self,
        id: ParticipantId,
        reason: LinkCloseReason,
        turn: &mut Turn<'_>,
    ) -> Option<Seat> {
        let seat = Seat::clone(self.seats.get(&id)?);
        if let Presence::Away(until) = seat.presence {
            self.deadlines.clear(until, Due::Seat(id));
        }
        // From here on nothing is sent to this seat: its socket is closed or belongs to another seat.
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
            turn.send(self.sockets(), ServerMessage::ConferenceLeft { participant: id });
        }
        self.seats.remove(&id);
        turn.send(self.sockets(), ServerMessage::ParticipantLeft { participant: id });
        Some(seat)
    }

    /// Sends a client its snapshot of the room, with the key of its seat.
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
                // The server's limit may have been lowered since the moderators set the size.
                size: self.rules.settings.size.min(turn.bounds.room_participants),
                ..self.rules.settings
            },
            largest_size: turn.bounds.room_participants,
            newcomers,
            blocked: seat.standing.blocked_names(),
        };
        let message = Box::new(ServerMessage::Welcome(Box::new(welcome)));
        turn.out.push(Output::Send {
            to: vec![socket],
            message,
        });
    }
}

impl Room {
    /// The role of a participant; the lowest for an unknown id.
    pub fn role(&self, who: ParticipantId) -> Role {
        let seat = self.seats.get(&who);
        seat.map(|seat| self.rules.role(seat.user, &seat.standing))
            .unwrap_or_default()
    }

    /// Describes a participant to all participants.
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
