//! The registry: who sits where, who asks whom, who may talk with whom.
//!
//! A pure machine. What happens comes in by one of a few calls ([`Registry::enter`], [`Registry::said`],
//! [`Registry::lost`], [`Registry::gone`], [`Registry::tick`], and what follows an order of its own,
//! [`Registry::done`] and [`Registry::admitted`]), and what is to be done comes back as a list of
//! [`Output`]s, in order. Time, random keys and the first id are handed in: there is no clock, no runtime,
//! no storage and no socket in here, and therefore nothing that can fail.
//!
//! Invariants: a user has at most one seat in a room; a link exists exactly while it has a reason (an accepted
//! invitation, or both in the conference and not kept apart); whatever ends with a participant (invitations,
//! links, the place in the conference) ends before the participant is told to have left.

mod admission;
mod blocking;
mod chat;
mod conference;
mod deadlines;
mod dispatch;
mod entry;
mod figures;
mod invitations;
mod kept;
mod links;
mod moderation;
mod orders;
mod output;
mod request;
mod room;
mod rules;
mod seat;
// The storm is driven from outside as well, by `fuzz/`.
#[cfg(any(test, fuzzing))]
#[cfg_attr(fuzzing, allow(dead_code, reason = "of the tests only the storm is run then"))]
pub(crate) mod tests;
mod turn;

use std::collections::HashMap;
use std::time::Duration;

use protocol::{
    ChatEntry, ClientMessage, Epoch, ErrorCode, InvitationId, LinkCloseReason, ParticipantId, RoomName,
    RoomSettings, ServerMessage,
};
use serde_json::value::RawValue;

pub use entry::{Entry, History};
pub use figures::Figures;
pub use kept::KeptRoom;
pub use orders::{Change, Done, Order};
pub use output::{Line, Output, RawServerMessage, SocketId, UserId};
pub use rules::{Door, Rules, Standing};

use blocking::Declines;
use deadlines::{Deadlines, Due};
use output::Refused;
use request::{Request, SeatRequest};
use room::Room;
use turn::Turn;

use crate::bucket::Rate;
use crate::limits;

/// A message from a client; the bodies of signals are the text that came in.
type Message = ClientMessage<Box<RawValue>>;

/// How long things last.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// How long an invitation rings.
    pub invitation_rings: Duration,
    /// How long a seat waits for its page after its socket broke.
    pub seat_grace: Duration,
    /// How long it waits when its page said that it is being closed.
    pub closed_seat_grace: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            invitation_rings: protocol::limits::INVITATION_RINGS,
            seat_grace: protocol::limits::SEAT_GRACE,
            closed_seat_grace: protocol::limits::CLOSED_SEAT_GRACE,
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
    /// Participants of one room, whatever its moderators decide.
    pub room_participants: u32,
    /// How often somebody who declined may be asked again.
    pub after_declining: Rate,
    /// How often a user may guess at rooms' passwords, from one place.
    pub password_guesses: Rate,
    /// Passes to one room that are good at the same time.
    pub passes_per_room: u32,
    /// Bans from one room that last at the same time.
    pub bans_per_room: u32,
    /// People whom one user blocks.
    pub blocked_per_user: u32,
    /// Lines of chat that are kept of one room; some more for a while.
    pub history_lines: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            rooms: limits::SOCKETS,
            seats_per_user: limits::SEATS_PER_USER,
            room_participants: RoomSettings::default().size,
            after_declining: limits::AFTER_DECLINING,
            password_guesses: guesses_at_passwords(limits::ROOM_PASSWORD_GUESSES),
            passes_per_room: limits::PASSES_PER_ROOM,
            bans_per_room: limits::BANS_PER_ROOM,
            blocked_per_user: limits::BLOCKED_PER_USER,
            history_lines: limits::HISTORY_LINES,
        }
    }
}

/// So many guesses at once, and as many again in the time within which they are counted.
pub fn guesses_at_passwords(count: u32) -> Rate {
    let burst = f64::from(count);
    Rate {
        burst,
        per_second: burst / limits::ROOM_PASSWORD_GUESSES_WITHIN.as_secs_f64(),
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
    declines: Declines,
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
            declines: Declines::new(bounds.after_declining),
            deadlines: Deadlines::default(),
            ids: Ids(after),
            timings,
            bounds,
        }
    }

    /// A participant, or somebody who waits to be one, said something.
    pub fn said(&mut self, socket: SocketId, message: Message, now: Duration) -> Vec<Output> {
        let Some((name, me)) = self.places.get(&socket).cloned() else {
            return Vec::new();
        };
        let request = Request::from(message);
        let done = if self.waits(&name, me) {
            self.newcomer_requests(socket, &request, &name, now)
        } else {
            match request {
                Request::Seat(SeatRequest::Leave) => Ok(self.gone(socket, None, now)),
                Request::Seat(SeatRequest::Remove(participant)) => self.put_out(&name, me, participant, now),
                Request::Seat(SeatRequest::Decide { newcomer, admit }) => {
                    self.decide(&name, me, newcomer, admit, now)
                }
                Request::Room(request) => match self.open(&name, now) {
                    Some((room, mut turn)) => {
                        let obeyed = room.obey(me, socket, request, &mut turn);
                        obeyed.map(|()| turn.out)
                    }
                    None => Ok(Vec::new()),
                },
            }
        };
        done.unwrap_or_else(|Refused { code, subject }| {
            let message = Box::new(ServerMessage::Error { code, subject });
            let to = vec![socket];
            vec![Output::Tell { to, message }]
        })
    }

    /// A socket broke: its seat waits for its page. The code, if any, is the last thing the socket is told.
    pub fn lost(&mut self, socket: SocketId, code: Option<ErrorCode>, now: Duration) -> Vec<Output> {
        let Some((name, me)) = self.places.get(&socket).cloned() else {
            return Vec::new();
        };
        if self.waits(&name, me) {
            // There is no seat yet to come back to.
            return self.gone(socket, code, now);
        }
        self.places.remove(&socket);
        let Some((room, mut turn)) = self.open(&name, now) else {
            return Vec::new();
        };
        turn.out.push(close(socket, code));
        room.vacate(me, &mut turn);
        turn.out
    }

    /// A participant left for good. The code, if any, is the last thing the socket is told.
    pub fn gone(&mut self, socket: SocketId, code: Option<ErrorCode>, now: Duration) -> Vec<Output> {
        let Some((name, me)) = self.places.remove(&socket) else {
            return Vec::new();
        };
        let mut out = vec![close(socket, code)];
        out.extend(if self.waits(&name, me) {
            self.forget_newcomer(&name, me, now)
        } else {
            self.leave(&name, me, now)
        });
        out
    }

    /// Time has passed: ends what is due.
    pub fn tick(&mut self, now: Duration) -> Vec<Output> {
        let mut out = Vec::new();
        while let Some((name, due)) = self.deadlines.pop(now) {
            match due {
                Due::Seat(participant) => out.extend(self.leave(&name, participant, now)),
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

    /// Whether somebody only waits before a room.
    fn waits(&self, name: &RoomName, who: ParticipantId) -> bool {
        let room = self.rooms.get(name);
        room.is_some_and(|room| room.newcomers.contains_key(&who))
    }

    /// Takes the seat away of somebody who wants to go, or does not come back.
    fn leave(&mut self, name: &RoomName, participant: ParticipantId, now: Duration) -> Vec<Output> {
        let (reason, entry) = (LinkCloseReason::ParticipantLeft, ChatEntry::Left {});
        self.remove(name, participant, reason, entry, now)
    }

    /// Takes a seat away, and the room with its last one.
    fn remove(
        &mut self,
        name: &RoomName,
        participant: ParticipantId,
        reason: LinkCloseReason,
        entry: ChatEntry,
        now: Duration,
    ) -> Vec<Output> {
        let Some((room, mut turn)) = self.open(name, now) else {
            return Vec::new();
        };
        let Some(seat) = room.remove(participant, reason, &mut turn) else {
            return turn.out;
        };
        turn.write(&seat, entry);
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
            bounds: self.bounds,
            ids: &mut self.ids,
            declines: &mut self.declines,
            deadlines: &mut self.deadlines,
            out: Vec::new(),
        };
        Some((room, turn))
    }
}

fn close(socket: SocketId, code: Option<ErrorCode>) -> Output {
    Output::Close {
        socket,
        code,
        until: None,
    }
}
