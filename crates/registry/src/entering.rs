//! Entering a room: a new seat, the same seat resumed, or another page's seat taken over.

use protocol::{ChatEntry, ErrorCode, LinkCloseReason, SeatKey};

use super::door::Answer;
use super::entry::Entry;
use super::room::Room;
use super::seat::{Presence, Seat};
use super::turn::Turn;

/// Seat for a user who enters.
enum Found {
    /// They have none and get a new one.
    Nothing,
    /// Their own, whose key they hold.
    Own(protocol::ParticipantId, SeatKey),
    /// Theirs, but without its key; a new one replaces it.
    Another(protocol::ParticipantId),
}

impl Room {
    /// Lets a user enter. Sends `welcome` to the socket, moves it to the waiting room, or closes it with a code.
    pub fn enter(&mut self, entry: Entry, turn: &mut Turn<'_>) {
        let found = match self.find_seat(&entry, turn) {
            Ok(Some(found)) => found,
            Ok(None) => return self.let_wait(entry, turn),
            Err(code) => {
                let until = entry.door.standing.banned_until;
                return turn.close_until(entry.socket, code, until);
            }
        };
        let Entry {
            socket,
            user,
            name,
            guest,
            fresh_key,
            history,
            door,
            ..
        } = entry;
        self.rules = door.rules;
        let mut superseded = None;
        let fresh_seat = Seat {
            user,
            name,
            guest,
            standing: door.standing,
            key: fresh_key.hash,
            presence: Presence::Here(socket),
        };
        let (resumed, new) = (matches!(found, Found::Own(..)), matches!(found, Found::Nothing));
        let (me, key) = match found {
            Found::Own(me, key) => {
                superseded = self.reseat(me, socket, turn);
                if let Some(seat) = self.seats.get_mut(&me) {
                    seat.standing = fresh_seat.standing;
                }
                (me, key)
            }
            Found::Another(old) => {
                let gave_way = self.remove(old, LinkCloseReason::ParticipantLeft, turn);
                superseded = gave_way.and_then(|seat| seat.socket());
                (self.add(fresh_seat, turn), fresh_key.key)
            }
            Found::Nothing => (self.add(fresh_seat, turn), fresh_key.key),
        };
        if let Some(socket) = superseded {
            self.places.remove(&socket);
            turn.close(socket, Some(ErrorCode::SeatTakenOver));
        }
        self.places.insert(socket, me);
        self.watch(me, turn);
        self.welcome((me, key), resumed, history, turn);
        if resumed {
            self.tell_back(me, turn);
            self.tell_muted(me, turn);
        }
        turn.persist();
        if let (true, Some(seat)) = (new, self.seats.get(&me)) {
            turn.write(seat, ChatEntry::Joined {});
        }
    }

    /// Decides which seat a user gets; `None` if a moderator must admit them first. Counts a new seat for the user.
    fn find_seat(&self, entry: &Entry, turn: &Turn<'_>) -> Result<Option<Found>, ErrorCode> {
        if entry.door.standing.banned_until.is_some() {
            return Err(ErrorCode::Banned);
        }
        if let Some((id, seat)) = self.seat_of(entry.user) {
            if let Some(own) = entry.seat.clone().filter(|own| own.hash == seat.key) {
                return Ok(Some(Found::Own(id, own.key)));
            }
            return match seat.presence {
                Presence::Here(_) if !entry.take_over => Err(ErrorCode::SeatOccupied),
                Presence::Here(_) | Presence::Away(_) => Ok(Some(Found::Another(id))),
            };
        }
        match entry.door.ask(entry.user, entry.guest)? {
            Answer::Wait => return Ok(None),
            Answer::In => {}
        }
        if self.seats.len() >= most_in(entry, turn) {
            return Err(ErrorCode::RoomFull);
        }
        if entry.guest && self.has_one_like(&entry.name) {
            return Err(ErrorCode::UserNameTaken);
        }
        self.check_bound()?;
        let most = turn.bounds.seats_per_user;
        turn.users.take_seat(entry.user, turn.room, most)?;
        Ok(Some(Found::Nothing))
    }
}

/// The room's limit of participants for this user: moderators may exceed the size they set, but not the server's.
fn most_in(entry: &Entry, turn: &Turn<'_>) -> usize {
    let (rules, most) = (&entry.door.rules, turn.bounds.room_participants);
    let most = if rules.role(entry.user, &entry.door.standing).moderates() {
        most
    } else {
        most.min(rules.settings.size)
    };
    usize::try_from(most).unwrap_or(usize::MAX)
}
