//! Coming in: a fresh seat, the same seat again, or another page's seat taken over.

use std::time::Duration;

use protocol::{ChatEntry, ChatMessage, ErrorCode, LinkCloseReason, RoomName, SeatKey, UserName};

use super::Registry;
use super::admission::{Answer, ask};
use super::output::{Output, SocketId, UserId};
use super::rules::Door;
use super::seat::{KeyHash, Presence, Seat};

/// Somebody who has proved who they are, or is a guest, and wants to be in a room.
#[derive(Clone, Debug)]
pub struct Entry {
    /// By this socket.
    pub socket: SocketId,
    /// Whose account.
    pub user: UserId,
    /// The account's name, or the guest's.
    pub name: UserName,
    /// Whether there is no account.
    pub guest: bool,
    /// Where to.
    pub room: RoomName,
    /// The seat to come back to.
    pub seat: Option<SeatKey>,
    /// Whether to take the user's seat from another page.
    pub take_over: bool,
    /// The key of the new seat, if it comes to one: fresh, and impossible to guess.
    pub fresh_key: SeatKey,
    /// The room's newest messages, as of now.
    pub history: History,
    /// What decides whether the user is let in, as of now.
    pub door: Door,
}

/// A page of a room's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Oldest first.
    pub messages: Vec<ChatMessage>,
    /// Whether there is nothing before these.
    pub complete: bool,
}

/// What a user who comes finds.
enum Found {
    /// No seat of theirs: a new one.
    Nothing,
    /// The seat that they hold the key of.
    Own(protocol::ParticipantId, SeatKey),
    /// A seat that they have no key of, which gives way.
    Another(protocol::ParticipantId),
}

impl Registry {
    /// Somebody comes in. Either a welcome is told to the socket, or it is closed with a code.
    pub fn enter(&mut self, entry: Entry, now: Duration) -> Vec<Output> {
        let found = match self.find(&entry) {
            Ok(Some(found)) => found,
            Ok(None) => return self.let_wait(entry, now),
            Err(code) => {
                return vec![Output::Close {
                    socket: entry.socket,
                    code: Some(code),
                    until: entry.door.standing.banned_until,
                }];
            }
        };
        let Entry {
            socket,
            user,
            name,
            guest,
            room: room_name,
            fresh_key,
            history,
            door,
            ..
        } = entry;
        self.rooms.entry(room_name.clone()).or_default().rules = door.rules;
        let Some((room, mut turn)) = self.open(&room_name, now) else {
            return Vec::new();
        };
        let mut superseded = None;
        let fresh_seat = Seat {
            user,
            name,
            guest,
            standing: door.standing,
            key: KeyHash::of(&fresh_key),
            presence: Presence::Here(socket),
        };
        let (resumed, new) = (matches!(found, Found::Own(..)), matches!(found, Found::Nothing));
        let (me, key) = match found {
            Found::Own(me, key) => {
                superseded = room.reseat(me, socket, &mut turn);
                if let Some(seat) = room.seats.get_mut(&me) {
                    seat.standing = fresh_seat.standing;
                }
                (me, key)
            }
            Found::Another(old) => {
                let gave_way = room.remove(old, LinkCloseReason::ParticipantLeft, &mut turn);
                superseded = gave_way.and_then(|seat| seat.socket());
                (room.add(fresh_seat, &mut turn), fresh_key)
            }
            Found::Nothing => (room.add(fresh_seat, &mut turn), fresh_key),
        };
        if let Some(socket) = superseded {
            turn.out.push(Output::Close {
                socket,
                code: Some(ErrorCode::SeatTakenOver),
                until: None,
            });
        }
        room.watch(me, &mut turn);
        room.welcome((me, key), resumed, history, &mut turn);
        if resumed {
            room.tell_back(me, &mut turn);
            room.tell_muted(me, &mut turn);
        }
        turn.keep();
        if let (true, Some(seat)) = (new, room.seats.get(&me)) {
            turn.write(seat, ChatEntry::Joined {});
        }
        let out = turn.out;
        if let Some(socket) = superseded {
            self.places.remove(&socket);
        }
        if new {
            *self.seats.entry(user).or_default() += 1;
        }
        self.places.insert(socket, (room_name, me));
        out
    }

    /// Decides which seat a user gets, or why not; none if a moderator has to admit them first.
    fn find(&self, entry: &Entry) -> Result<Option<Found>, ErrorCode> {
        if entry.door.standing.banned_until.is_some() {
            return Err(ErrorCode::Banned);
        }
        let room = self.rooms.get(&entry.room);
        if let Some((id, seat)) = room.and_then(|room| room.seat_of(entry.user)) {
            if let Some(key) = entry.seat.clone().filter(|key| KeyHash::of(key) == seat.key) {
                return Ok(Some(Found::Own(id, key)));
            }
            return match seat.presence {
                Presence::Here(_) if !entry.take_over => Err(ErrorCode::SeatOccupied),
                Presence::Here(_) | Presence::Away(_) => Ok(Some(Found::Another(id))),
            };
        }
        let answer = ask(entry)?;
        let seats_of_user = self.seats.get(&entry.user).copied().unwrap_or_default();
        let rooms_are_full = room.is_none() && self.is_full();
        if rooms_are_full || seats_of_user >= self.bounds.seats_per_user {
            return Err(ErrorCode::ServerBusy);
        }
        match answer {
            Answer::Wait => return Ok(None),
            Answer::In => {}
        }
        if room.is_some_and(|room| room.seats.len() >= self.most_in(entry)) {
            return Err(ErrorCode::RoomFull);
        }
        if entry.guest && room.is_some_and(|room| room.has_one_like(&entry.name)) {
            return Err(ErrorCode::UserNameTaken);
        }
        Ok(Some(Found::Nothing))
    }

    /// Whether there are as many rooms as there may be.
    fn is_full(&self) -> bool {
        u32::try_from(self.rooms.len()).map_or(true, |rooms| rooms >= self.bounds.rooms)
    }

    /// How many may be in the room when the user comes: moderators may exceed what they decided themselves.
    fn most_in(&self, entry: &Entry) -> usize {
        let (rules, most) = (&entry.door.rules, self.bounds.room_participants);
        let most = if rules.role(entry.user, &entry.door.standing).moderates() {
            most
        } else {
            most.min(rules.settings.size)
        };
        usize::try_from(most).unwrap_or(usize::MAX)
    }
}
