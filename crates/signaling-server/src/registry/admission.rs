//! Who is let in at once, who is turned away, and who waits for a moderator.
//!
//! Whoever waits has no seat: no word of the room reaches them, and none of theirs the room, until a moderator has
//! let them in. Then the room's history is read anew, and they come in as if they had just said hello.

use std::time::Duration;

use protocol::{Access, ErrorCode, Participant, ParticipantId, RoomName, ServerMessage, limits};

use super::Registry;
use super::entry::{Entry, History};
use super::output::{Output, Refused, SocketId, UserId};
use super::request::{Request, RoomRequest, SeatRequest};
use super::room::Room;
use super::turn::Turn;

/// Somebody who waits to be let in.
#[derive(Clone, Debug)]
pub(super) struct Newcomer {
    /// As they came; without history, of which they hear nothing yet.
    entry: Box<Entry>,
    /// A moderator has let them in, and the history is being read.
    admitted: bool,
}

#[cfg(any(test, fuzzing))]
impl Newcomer {
    pub fn user(&self) -> UserId {
        self.entry.user
    }

    pub fn socket(&self) -> SocketId {
        self.entry.socket
    }
}

/// What the door does with somebody who has no seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Lets them in.
    In,
    /// Lets them wait.
    Wait,
}

/// What the door says to somebody who has no seat, whatever room there is inside.
pub(super) fn ask(entry: &Entry) -> Result<Answer, ErrorCode> {
    let door = &entry.door;
    // Before all else: a pass that got about is not what opens a room to guests.
    if entry.guest && !door.rules.settings.guests {
        return Err(ErrorCode::GuestsNotAdmitted);
    }
    let role = door.rules.role(entry.user, &door.standing);
    if role.moderates() || door.passed {
        return Ok(Answer::In);
    }
    match door.rules.settings.access {
        Access::Open => Ok(Answer::In),
        Access::Locked => Err(ErrorCode::RoomLocked),
        Access::Password if door.proven.is_some() && door.proven == door.rules.password => Ok(Answer::In),
        Access::Password => Err(ErrorCode::RoomPasswordRequired),
        Access::Lobby => Ok(Answer::Wait),
    }
}

/// Somebody who waits, as moderators are told.
fn described(id: ParticipantId, entry: &Entry) -> Participant {
    Participant {
        guest: entry.guest,
        ..Participant::new(id, entry.name.clone())
    }
}

impl Registry {
    /// Handles the request of a newcomer.
    pub(super) fn newcomer_requests(
        &mut self,
        socket: SocketId,
        request: &Request,
        name: &RoomName,
        now: Duration,
    ) -> Result<Vec<Output>, Refused> {
        match request {
            Request::Seat(SeatRequest::Leave) => Ok(self.gone(socket, None, now)),
            Request::Room(RoomRequest::Ping) => {
                let opened = self.open(name, now);
                Ok(opened.map_or_else(Vec::new, |(_, mut turn)| {
                    turn.tell(vec![socket], ServerMessage::Pong {});
                    turn.out
                }))
            }
            // Who waits has no seat that could wait.
            Request::Room(RoomRequest::Closing) => Ok(Vec::new()),
            Request::Room(RoomRequest::Hello) => Err(ErrorCode::AlreadyGreeted.into()),
            Request::Seat(SeatRequest::Remove(_) | SeatRequest::Decide { .. })
            | Request::Room(
                RoomRequest::Call(_)
                | RoomRequest::Signal { .. }
                | RoomRequest::Chat(_)
                | RoomRequest::Moderation(_)
                | RoomRequest::Block(_)
                | RoomRequest::Unblock(_),
            ) => Err(ErrorCode::NotAdmitted.into()),
        }
    }

    /// Lets somebody wait, in the place of an earlier page of theirs that waits.
    pub(super) fn let_wait(&mut self, mut entry: Entry, now: Duration) -> Vec<Output> {
        let (socket, user, name) = (entry.socket, entry.user, entry.room.clone());
        entry.history = History::default();
        let before = self.rooms.get(&name).and_then(|room| room.newcomer_of(user));
        let mut out = match before {
            Some((_, socket)) => self.gone(socket, Some(ErrorCode::SeatTakenOver), now),
            None => Vec::new(),
        };
        self.rooms.entry(name.clone()).or_default();
        let Some((room, mut turn)) = self.open(&name, now) else {
            return out;
        };
        if room.newcomers.len() >= limits::ROOM_NEWCOMERS {
            let full = Some(ErrorCode::RoomFull);
            out.push(Output::Close {
                socket,
                code: full,
                until: None,
            });
            return out;
        }
        if room.rules != entry.door.rules {
            room.rules = entry.door.rules.clone();
            turn.keep();
        }
        let id = turn.ids.participant();
        let newcomer = described(id, &entry);
        turn.tell(vec![socket], ServerMessage::Waiting { room: name.clone() });
        turn.tell(
            room.sockets_of_moderators(),
            ServerMessage::NewcomerWaiting { newcomer },
        );
        room.newcomers.insert(
            id,
            Newcomer {
                entry: Box::new(entry),
                admitted: false,
            },
        );
        out.append(&mut turn.out);
        self.places.insert(socket, (name, id));
        *self.seats.entry(user).or_default() += 1;
        out
    }

    /// The history of the room is here, which somebody who waited is to see.
    pub fn admitted(&mut self, socket: SocketId, history: History, now: Duration) -> Vec<Output> {
        let Some((name, id)) = self.places.get(&socket).cloned() else {
            return Vec::new();
        };
        let Some(room) = self.rooms.get_mut(&name) else {
            return Vec::new();
        };
        let Some(newcomer) = room.newcomers.remove(&id) else {
            return Vec::new();
        };
        let mut entry = *newcomer.entry;
        entry.door.rules = room.rules.clone();
        entry.door.passed = true;
        entry.history = history;
        self.places.remove(&socket);
        self.give_up_seat(entry.user);
        self.enter(entry, now)
    }

    /// Somebody who waited does so no longer.
    pub(super) fn forget_newcomer(
        &mut self,
        name: &RoomName,
        id: ParticipantId,
        now: Duration,
    ) -> Vec<Output> {
        let Some((room, mut turn)) = self.open(name, now) else {
            return Vec::new();
        };
        let Some(newcomer) = room.newcomers.remove(&id) else {
            return Vec::new();
        };
        if !newcomer.admitted {
            turn.tell(
                room.sockets_of_moderators(),
                ServerMessage::NewcomerGone { newcomer: id },
            );
        }
        let (out, empty) = (turn.out, room.is_empty());
        if empty {
            self.rooms.remove(name);
        }
        self.give_up_seat(newcomer.entry.user);
        out
    }

    /// A moderator lets somebody in, or turns them away.
    pub(super) fn decide(
        &mut self,
        name: &RoomName,
        me: ParticipantId,
        id: ParticipantId,
        admit: bool,
        now: Duration,
    ) -> Result<Vec<Output>, Refused> {
        let Some((room, mut turn)) = self.open(name, now) else {
            return Ok(Vec::new());
        };
        room.check_moderates(me)?;
        let Some(newcomer) = room.newcomers.get(&id).filter(|newcomer| !newcomer.admitted) else {
            return Err(Refused::participant(ErrorCode::UnknownParticipant, id));
        };
        let socket = newcomer.entry.socket;
        if admit {
            room.admit(id, &mut turn);
            return Ok(turn.out);
        }
        Ok(self.gone(socket, Some(ErrorCode::EntryRefused), now))
    }

    /// The rules changed: whoever waits for what is asked no more comes in or goes.
    pub(super) fn sort_newcomers(
        &mut self,
        name: &RoomName,
        mut out: Vec<Output>,
        now: Duration,
    ) -> Vec<Output> {
        let Some(room) = self.rooms.get(name) else {
            return out;
        };
        if !room.rules.settings.guests {
            let waiting = room.newcomers.values().filter(|newcomer| !newcomer.admitted);
            let guests = waiting.filter(|newcomer| newcomer.entry.guest);
            let sockets: Vec<_> = guests.map(|newcomer| newcomer.entry.socket).collect();
            for socket in sockets {
                out.extend(self.gone(socket, Some(ErrorCode::GuestsNotAdmitted), now));
            }
        }
        let Some((room, mut turn)) = self.open(name, now) else {
            return out;
        };
        let code = match room.rules.settings.access {
            Access::Lobby => return out,
            Access::Open => {
                let waiting: Vec<_> = room.newcomers.keys().copied().collect();
                for id in waiting {
                    room.admit(id, &mut turn);
                }
                out.append(&mut turn.out);
                return out;
            }
            Access::Locked => ErrorCode::RoomLocked,
            Access::Password => ErrorCode::RoomPasswordRequired,
        };
        let waiting = room.newcomers.values().filter(|newcomer| !newcomer.admitted);
        let sockets: Vec<_> = waiting.map(|newcomer| newcomer.entry.socket).collect();
        for socket in sockets {
            out.extend(self.gone(socket, Some(code), now));
        }
        out
    }
}

impl Room {
    /// Who waits, as moderators are told.
    pub fn waiting(&self) -> Vec<Participant> {
        let waiting = self.newcomers.iter().filter(|(_, newcomer)| !newcomer.admitted);
        waiting
            .map(|(id, newcomer)| described(*id, &newcomer.entry))
            .collect()
    }

    /// Tells somebody who has become a moderator who waits.
    pub fn tell_newcomers(&self, moderator: ParticipantId, turn: &mut Turn<'_>) {
        for newcomer in self.waiting() {
            let waits = ServerMessage::NewcomerWaiting { newcomer };
            turn.tell(self.sockets_of(&[moderator]), waits);
        }
    }

    fn admit(&mut self, id: ParticipantId, turn: &mut Turn<'_>) {
        let Some(newcomer) = self.newcomers.get_mut(&id) else {
            return;
        };
        if std::mem::replace(&mut newcomer.admitted, true) {
            return;
        }
        let socket = newcomer.entry.socket;
        turn.tell(
            self.sockets_of_moderators(),
            ServerMessage::NewcomerGone { newcomer: id },
        );
        turn.out.push(Output::Admit {
            socket,
            room: turn.room.clone(),
        });
    }

    fn newcomer_of(&self, user: UserId) -> Option<(ParticipantId, SocketId)> {
        self.newcomers
            .iter()
            .find(|(_, newcomer)| newcomer.entry.user == user)
            .map(|(id, newcomer)| (*id, newcomer.entry.socket))
    }

    fn sockets_of_moderators(&self) -> Vec<SocketId> {
        let moderators = self.seats.iter().filter(|(id, _)| self.role(**id).moderates());
        moderators.filter_map(|(_, seat)| seat.socket()).collect()
    }
}
