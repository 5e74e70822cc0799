//! The registry: who sits where, who asks whom, who may talk with whom.
//!
//! A pure machine. What happens comes in by one of five calls ([`Registry::enter`], [`Registry::said`],
//! [`Registry::lost`], [`Registry::gone`], [`Registry::tick`]), and what is to be done comes back as a list of
//! [`Output`]s, in order. Time, random keys and the first id are handed in: there is no clock, no runtime,
//! no storage and no socket in here, and therefore nothing that can fail.
//!
//! Invariants: a user has at most one seat in a room; a link exists exactly while it has a reason (an accepted
//! invitation, or both in the conference and not kept apart); whatever ends with a participant (invitations,
//! links, the place in the conference) ends before the participant is told to have left.

mod chat;
mod conference;
mod deadlines;
mod entry;
mod figures;
mod invitations;
mod kept;
mod links;
mod output;
mod room;
mod seat;
#[cfg(test)]
mod tests;
mod turn;

use std::collections::HashMap;
use std::time::Duration;

use protocol::{ClientMessage, Epoch, ErrorCode, InvitationId, ParticipantId, RoomName, ServerMessage};
use serde_json::value::RawValue;

pub use entry::{Entry, History};
pub use figures::Figures;
pub use kept::KeptRoom;
pub use output::{Line, Output, RawServerMessage, SocketId, UserId};

use deadlines::{Deadlines, Due};
use output::Refused;
use room::Room;
use turn::Turn;

/// How long things last.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// How long an invitation rings.
    pub invitation_rings: Duration,
    /// How long a seat waits for its page after its socket broke.
    pub seat_grace: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            invitation_rings: protocol::limits::INVITATION_RINGS,
            seat_grace: protocol::limits::SEAT_GRACE,
        }
    }
}

/// How much there may be at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Rooms that somebody is in: one for each socket, so that nobody uses the rooms up before.
    pub rooms: u32,
    /// Seats of one user, over all rooms.
    pub seats_per_user: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            rooms: crate::limits::SOCKETS,
            seats_per_user: crate::limits::SEATS_PER_USER,
        }
    }
}

/// All rooms that somebody is in.
#[derive(Debug)]
pub struct Registry {
    rooms: HashMap<RoomName, Room>,
    /// Where each live socket sits.
    places: HashMap<SocketId, (RoomName, ParticipantId)>,
    /// How many seats each user has, over all rooms.
    seats: HashMap<UserId, u32>,
    deadlines: Deadlines,
    ids: Ids,
    timings: Timings,
    bounds: Bounds,
}

/// Gives out numbers, each once: participants, invitations and epochs share one row.
#[derive(Debug)]
struct Ids(u64);

impl Ids {
    fn next(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }

    /// Gives out nothing up to this one.
    fn skip(&mut self, taken: u64) {
        self.0 = self.0.max(taken);
    }

    fn participant(&mut self) -> ParticipantId {
        ParticipantId(self.next())
    }

    fn invitation(&mut self) -> InvitationId {
        InvitationId(self.next())
    }

    fn epoch(&mut self) -> Epoch {
        Epoch(self.next())
    }
}

impl Registry {
    /// An empty registry whose ids are all greater than `after`.
    pub fn new(timings: Timings, bounds: Bounds, after: u64) -> Self {
        Self {
            rooms: HashMap::new(),
            places: HashMap::new(),
            seats: HashMap::new(),
            deadlines: Deadlines::default(),
            ids: Ids(after),
            timings,
            bounds,
        }
    }

    /// A participant said something.
    pub fn said(
        &mut self,
        socket: SocketId,
        message: ClientMessage<Box<RawValue>>,
        now: Duration,
    ) -> Vec<Output> {
        let Some((room, me)) = self.places.get(&socket).cloned() else {
            return Vec::new();
        };
        if matches!(message, ClientMessage::Leave {}) {
            return self.gone(socket, None, now);
        }
        let Some((room, mut turn)) = self.open(&room, now) else {
            return Vec::new();
        };
        let changes = changes_room(&message);
        match obey(room, me, socket, message, &mut turn) {
            Ok(()) if changes => turn.keep(),
            Ok(()) => {}
            Err(Refused { code, subject }) => {
                turn.tell(vec![socket], ServerMessage::Error { code, subject });
            }
        }
        turn.out
    }

    /// A socket broke: its seat waits for its page. The code, if any, is the last thing the socket is told.
    pub fn lost(&mut self, socket: SocketId, code: Option<ErrorCode>, now: Duration) -> Vec<Output> {
        let Some((name, me)) = self.places.remove(&socket) else {
            return Vec::new();
        };
        let Some((room, mut turn)) = self.open(&name, now) else {
            return Vec::new();
        };
        turn.out.push(Output::Close { socket, code });
        room.vacate(me, &mut turn);
        turn.out
    }

    /// A participant left for good. The code, if any, is the last thing the socket is told.
    pub fn gone(&mut self, socket: SocketId, code: Option<ErrorCode>, now: Duration) -> Vec<Output> {
        let Some((name, me)) = self.places.remove(&socket) else {
            return Vec::new();
        };
        let mut out = vec![Output::Close { socket, code }];
        out.extend(self.remove(&name, me, now));
        out
    }

    /// Time has passed: ends what is due.
    pub fn tick(&mut self, now: Duration) -> Vec<Output> {
        let mut out = Vec::new();
        while let Some((name, due)) = self.deadlines.pop(now) {
            match due {
                Due::Seat(participant) => out.extend(self.remove(&name, participant, now)),
                Due::Invitation(invitation) => {
                    if let Some((room, mut turn)) = self.open(&name, now) {
                        room.time_out(invitation, &mut turn);
                        turn.keep();
                        out.append(&mut turn.out);
                    }
                }
            }
        }
        out
    }

    /// When [`Registry::tick`] has something to do next.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.deadlines.next()
    }

    /// The live sockets in a room.
    pub fn sockets_in(&self, room: &RoomName) -> Vec<SocketId> {
        self.rooms.get(room).map(Room::sockets).unwrap_or_default()
    }

    /// Takes a seat away, and the room with its last one.
    fn remove(&mut self, name: &RoomName, participant: ParticipantId, now: Duration) -> Vec<Output> {
        let Some((room, mut turn)) = self.open(name, now) else {
            return Vec::new();
        };
        let Some(seat) = room.remove(participant, &mut turn) else {
            return turn.out;
        };
        turn.write(&seat, protocol::ChatEntry::Left {});
        turn.keep();
        let (out, empty) = (turn.out, room.is_empty());
        if empty {
            self.rooms.remove(name);
        }
        self.give_up_seat(seat.user);
        out
    }

    fn give_up_seat(&mut self, user: UserId) {
        if let Some(count) = self.seats.get_mut(&user) {
            *count -= 1;
            if *count == 0 {
                self.seats.remove(&user);
            }
        }
    }

    fn open(&mut self, name: &RoomName, now: Duration) -> Option<(&mut Room, Turn<'_>)> {
        let room = self.rooms.get_mut(name)?;
        let turn = Turn {
            now,
            room: name.clone(),
            timings: self.timings,
            ids: &mut self.ids,
            deadlines: &mut self.deadlines,
            out: Vec::new(),
        };
        Some((room, turn))
    }
}

/// Whether a message, when it is obeyed, may change what is kept of the room.
fn changes_room(message: &ClientMessage<Box<RawValue>>) -> bool {
    match message {
        ClientMessage::Invite { .. }
        | ClientMessage::CancelInvitation { .. }
        | ClientMessage::AcceptInvitation { .. }
        | ClientMessage::DeclineInvitation { .. }
        | ClientMessage::JoinConference {}
        | ClientMessage::LeaveConference {}
        | ClientMessage::HangUp { .. }
        | ClientMessage::RestartLink { .. } => true,
        ClientMessage::Hello(_)
        | ClientMessage::Ping {}
        | ClientMessage::Leave {}
        | ClientMessage::Signal { .. }
        | ClientMessage::SendChat { .. }
        | ClientMessage::FetchHistory { .. } => false,
    }
}

/// Carries out a message of somebody who is in the room.
fn obey(
    room: &mut Room,
    me: ParticipantId,
    socket: SocketId,
    message: ClientMessage<Box<RawValue>>,
    turn: &mut Turn<'_>,
) -> Result<(), Refused> {
    match message {
        ClientMessage::Hello(_) => Err(ErrorCode::AlreadyGreeted.into()),
        ClientMessage::Ping {} => {
            turn.tell(vec![socket], ServerMessage::Pong {});
            Ok(())
        }
        // Ends the seat, not only something in the room: `said` has seen to it.
        ClientMessage::Leave {} => Ok(()),
        ClientMessage::Invite { to } => room.invite(me, to, turn),
        ClientMessage::CancelInvitation { invitation } => room.cancel(me, invitation, turn),
        ClientMessage::AcceptInvitation { invitation } => room.accept(me, invitation, turn),
        ClientMessage::DeclineInvitation { invitation } => room.decline(me, invitation, turn),
        ClientMessage::JoinConference {} => room.join_conference(me, turn),
        ClientMessage::LeaveConference {} => room.leave_conference(me, turn),
        ClientMessage::HangUp { peer } => room.hang_up(me, peer, turn),
        ClientMessage::RestartLink { peer, epoch } => room.restart_link(me, peer, epoch, turn),
        ClientMessage::Signal { to, epoch, signal } => room.relay(me, to, epoch, signal, turn),
        ClientMessage::SendChat { text, nonce } => room.send_chat(me, socket, text, nonce, turn),
        ClientMessage::FetchHistory { before } => {
            turn.out.push(Output::ReadHistory {
                socket,
                room: turn.room.clone(),
                before,
            });
            Ok(())
        }
    }
}
