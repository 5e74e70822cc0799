//! Waiting before the door, until a moderator decides.
//!
//! Who waits has no seat: no word of the room reaches them, and none of theirs the room, until a moderator has
//! let them in. Then the room's history is read again, and they come in as if they had just said hello.

use protocol::{Access, ErrorCode, Participant, ParticipantId, ServerMessage, UserName, limits};

use super::entry::{Entry, History};
use super::ids::{SocketId, UserId};
use super::newcomer::Newcomer;
use super::output::Output;
use super::refused::Refused;
use super::request::Request;
use super::room::Room;
use super::turn::Turn;

/// Somebody who waits, as moderators are told.
fn described(id: ParticipantId, entry: &Entry) -> Participant {
    Participant {
        guest: entry.guest,
        ..Participant::new(id, entry.name.clone())
    }
}

impl Room {
    /// Handles the request of a newcomer.
    pub(super) fn newcomer_requests(
        &mut self,
        socket: SocketId,
        request: &Request,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        match request {
            Request::Leave => {
                self.gone(socket, None, turn);
                Ok(())
            }
            Request::Ping => {
                turn.tell(vec![socket], ServerMessage::Pong {});
                Ok(())
            }
            // Who waits has no seat that could wait.
            Request::Closing => Ok(()),
            Request::Hello => Err(ErrorCode::AlreadyGreeted.into()),
            Request::Call(_)
            | Request::Signal { .. }
            | Request::Chat(_)
            | Request::Moderation(_)
            | Request::Block(_)
            | Request::Unblock(_) => Err(ErrorCode::NotAdmitted.into()),
        }
    }

    /// Lets someone wait, in the place of an earlier page of theirs that waits.
    pub(super) fn let_wait(&mut self, mut entry: Entry, turn: &mut Turn<'_>) {
        let (socket, user) = (entry.socket, entry.user);
        entry.history = History::default();
        if let Some(before) = self.newcomer_of(user) {
            self.gone(before, Some(ErrorCode::SeatTakenOver), turn);
        }
        if self.newcomers.len() >= limits::ROOM_NEWCOMERS {
            return turn.close(socket, Some(ErrorCode::RoomFull));
        }
        let most = turn.bounds.seats_per_user;
        let counted = self
            .check_bound()
            .and_then(|()| turn.users.take_seat(user, turn.room, most));
        if let Err(code) = counted {
            return turn.close(socket, Some(code));
        }
        if self.rules != entry.door.rules {
            self.rules = entry.door.rules.clone();
            turn.keep();
        }
        let id = turn.ids.participant();
        let newcomer = described(id, &entry);
        let room = turn.room.clone();
        turn.tell(vec![socket], ServerMessage::Waiting { room });
        turn.tell(
            self.sockets_of_moderators(),
            ServerMessage::NewcomerWaiting { newcomer },
        );
        self.newcomers.insert(
            id,
            Newcomer {
                entry: Box::new(entry),
                admitted: false,
            },
        );
        self.places.insert(socket, id);
    }

    /// The history of the room is here, which someone who waited is to see.
    pub fn admitted(&mut self, socket: SocketId, history: History, turn: &mut Turn<'_>) {
        let waited = self.places.get(&socket).and_then(|id| self.newcomers.remove(id));
        let Some(newcomer) = waited else { return };
        let mut entry = *newcomer.entry;
        entry.door.rules = self.rules.clone();
        entry.door.passed = true;
        entry.history = history;
        self.places.remove(&socket);
        turn.users.give_up_seat(entry.user, turn.room);
        self.enter(entry, turn);
    }

    /// A user who waits blocked people, in another room or on another page: it holds once they are in.
    pub(super) fn blocked_by_newcomer(&mut self, user: UserId, blocked: &[(UserId, UserName)]) {
        let of_user = |newcomer: &&mut Newcomer| newcomer.entry.user == user;
        for newcomer in self.newcomers.values_mut().filter(of_user) {
            newcomer.entry.door.standing.blocked = blocked.to_vec();
        }
    }

    /// Someone who waited does so no longer.
    pub(super) fn forget_newcomer(&mut self, id: ParticipantId, turn: &mut Turn<'_>) {
        let Some(newcomer) = self.newcomers.remove(&id) else {
            return;
        };
        if !newcomer.admitted {
            turn.tell(
                self.sockets_of_moderators(),
                ServerMessage::NewcomerGone { newcomer: id },
            );
        }
        turn.users.give_up_seat(newcomer.entry.user, turn.room);
    }

    /// A moderator lets someone in, or turns them away.
    pub(super) fn decide(
        &mut self,
        id: ParticipantId,
        admit: bool,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        let Some(newcomer) = self.newcomers.get(&id).filter(|newcomer| !newcomer.admitted) else {
            return Err(Refused::participant(ErrorCode::UnknownParticipant, id));
        };
        if admit {
            self.admit(id, turn);
        } else {
            self.gone(newcomer.entry.socket, Some(ErrorCode::EntryRefused), turn);
        }
        Ok(())
    }

    /// The rules changed: who waits for what is no longer asked comes in or goes.
    pub(super) fn sort_newcomers(&mut self, turn: &mut Turn<'_>) {
        if !self.rules.settings.guests {
            self.turn_away(|entry| entry.guest, ErrorCode::GuestsNotAdmitted, turn);
        }
        let code = match self.rules.settings.access {
            Access::Lobby => return,
            Access::Open => {
                let waiting: Vec<_> = self.newcomers.keys().copied().collect();
                for id in waiting {
                    self.admit(id, turn);
                }
                return;
            }
            Access::Locked => ErrorCode::RoomLocked,
            Access::Password => ErrorCode::RoomPasswordRequired,
        };
        self.turn_away(|_| true, code, turn);
    }

    /// Turns away those of whom it is so, unless a moderator has let them in.
    fn turn_away(&mut self, whom: impl Fn(&Entry) -> bool, code: ErrorCode, turn: &mut Turn<'_>) {
        let waiting = self.newcomers.values().filter(|newcomer| !newcomer.admitted);
        let entries = waiting.map(|newcomer| &newcomer.entry);
        let sockets: Vec<_> = entries
            .filter(|entry| whom(entry))
            .map(|entry| entry.socket)
            .collect();
        for socket in sockets {
            self.gone(socket, Some(code), turn);
        }
    }

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
        turn.out.push(Output::Admit { socket });
    }

    /// The socket by which a user waits.
    fn newcomer_of(&self, user: UserId) -> Option<SocketId> {
        let mut entries = self.newcomers.values().map(|newcomer| &newcomer.entry);
        entries.find(|entry| entry.user == user).map(|entry| entry.socket)
    }

    fn sockets_of_moderators(&self) -> Vec<SocketId> {
        let moderators = self.seats.iter().filter(|(id, _)| self.role(**id).moderates());
        moderators.filter_map(|(_, seat)| seat.socket()).collect()
    }
}
