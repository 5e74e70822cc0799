//! The waiting room: users who wait until a moderator decides.
//!
//! A waiting user has no seat, receives nothing from the room and sends nothing to it. Once admitted, they
//! enter with freshly read history, as if they had just sent `hello`.

use protocol::{Access, ErrorCode, Participant, ParticipantId, ServerMessage, UserName, limits};

use super::entry::{Entry, History};
use super::ids::{SocketId, UserId};
use super::newcomer::Newcomer;
use super::output::Output;
use super::refused::Refused;
use super::request::Request;
use super::room::Room;
use super::turn::Turn;

/// Describes a waiting user to moderators.
fn described(id: ParticipantId, entry: &Entry) -> Participant {
    Participant {
        guest: entry.guest,
        ..Participant::new(id, entry.name.clone())
    }
}

impl Room {
    /// Handles a request from a waiting user.
    pub(super) fn newcomer_requests(
        &mut self,
        socket: SocketId,
        request: &Request,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        match request {
            Request::Leave => {
                self.left(socket, None, turn);
                Ok(())
            }
            Request::Ping => {
                turn.send(vec![socket], ServerMessage::Pong {});
                Ok(())
            }
            // There is no seat to hold.
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

    /// Puts a user into the waiting room, replacing an earlier page of the same user there.
    pub(super) fn let_wait(&mut self, mut entry: Entry, turn: &mut Turn<'_>) {
        let (socket, user) = (entry.socket, entry.user);
        entry.history = History::default();
        if let Some(before) = self.newcomer_of(user) {
            self.left(before, Some(ErrorCode::SeatTakenOver), turn);
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
            turn.persist();
        }
        let id = turn.ids.participant();
        let newcomer = described(id, &entry);
        let room = turn.room.clone();
        turn.send(vec![socket], ServerMessage::Waiting { room });
        turn.send(
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

    /// Seats an admitted user, with the room's history, which has been read meanwhile.
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

    /// Applies a user's new block list, changed in another room or page, to their entry in the waiting room.
    pub(super) fn blocked_by_newcomer(&mut self, user: UserId, blocked: &[(UserId, UserName)]) {
        let of_user = |newcomer: &&mut Newcomer| newcomer.entry.user == user;
        for newcomer in self.newcomers.values_mut().filter(of_user) {
            newcomer.entry.door.standing.blocked = blocked.to_vec();
        }
    }

    /// Removes a user from the waiting room.
    pub(super) fn forget_newcomer(&mut self, id: ParticipantId, turn: &mut Turn<'_>) {
        let Some(newcomer) = self.newcomers.remove(&id) else {
            return;
        };
        if !newcomer.admitted {
            turn.send(
                self.sockets_of_moderators(),
                ServerMessage::NewcomerGone { newcomer: id },
            );
        }
        turn.users.give_up_seat(newcomer.entry.user, turn.room);
    }

    /// Applies a moderator's decision to admit a user or to turn them away.
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
            self.left(newcomer.entry.socket, Some(ErrorCode::EntryRefused), turn);
        }
        Ok(())
    }

    /// Admits or turns away the waiting users after the rules changed.
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

    /// Turns away the waiting users that `whom` selects, except those already admitted.
    fn turn_away(&mut self, whom: impl Fn(&Entry) -> bool, code: ErrorCode, turn: &mut Turn<'_>) {
        let waiting = self.newcomers.values().filter(|newcomer| !newcomer.admitted);
        let entries = waiting.map(|newcomer| &newcomer.entry);
        let sockets: Vec<_> = entries
            .filter(|entry| whom(entry))
            .map(|entry| entry.socket)
            .collect();
        for socket in sockets {
            self.left(socket, Some(code), turn);
        }
    }

    /// The waiting users, as shown to moderators.
    pub fn waiting(&self) -> Vec<Participant> {
        let waiting = self.newcomers.iter().filter(|(_, newcomer)| !newcomer.admitted);
        waiting
            .map(|(id, newcomer)| described(*id, &newcomer.entry))
            .collect()
    }

    /// Sends the list of waiting users to a new moderator.
    pub fn tell_newcomers(&self, moderator: ParticipantId, turn: &mut Turn<'_>) {
        for newcomer in self.waiting() {
            let waits = ServerMessage::NewcomerWaiting { newcomer };
            turn.send(self.sockets_of(&[moderator]), waits);
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
        turn.send(
            self.sockets_of_moderators(),
            ServerMessage::NewcomerGone { newcomer: id },
        );
        turn.out.push(Output::Admit { socket });
    }

    /// The socket of a user in the waiting room.
    fn newcomer_of(&self, user: UserId) -> Option<SocketId> {
        let mut entries = self.newcomers.values().map(|newcomer| &newcomer.entry);
        entries.find(|entry| entry.user == user).map(|entry| entry.socket)
    }

    fn sockets_of_moderators(&self) -> Vec<SocketId> {
        let moderators = self.seats.iter().filter(|(id, _)| self.role(**id).moderates());
        moderators.filter_map(|(_, seat)| seat.socket()).collect()
    }
}
