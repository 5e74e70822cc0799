//! Ways into a room: by what was typed, by an address, with a password, over another page of the user.

use protocol::http::{SessionInfo, SignedIn};
use protocol::{PassCode, RoomName, SeatKey};

use crate::door::Ticket;
use crate::page::{Place, address};
use crate::turn::Turn;
use crate::{Core, FormError, HeldSeat, PageOrder, StoreOrder};

impl Core {
    /// Takes the pass out of an address, which is shown without it from here on.
    pub(crate) fn take_pass(&mut self, room: Option<&str>, pass: Option<PassCode>) {
        let room = room.and_then(|typed| RoomName::parse(typed).ok());
        if let (Some(room), Some(code)) = (room, pass) {
            self.ticket = Ticket::pass(room, code);
        }
    }

    /// The user types the password of the room that asked for it.
    pub(crate) fn give_password(&mut self, turn: &mut Turn, password: String) {
        let Place::Refused(room, ..) = self.place.clone() else {
            return;
        };
        self.ticket.set_password(room.clone(), password);
        self.enter(turn, room, false);
    }

    /// Takes a room as typed, by its name or by a link to it, whose pass counts.
    pub(crate) fn take_typed(&mut self, typed: &str) -> Result<RoomName, FormError> {
        let (wish, pass) = address::typed(typed);
        self.take_pass(Some(&wish), pass);
        let room = RoomName::parse(&wish).map_err(FormError::RoomName);
        self.room_wish = wish;
        room
    }

    /// Goes to a room by what was typed in the lobby.
    pub(crate) fn enter_typed(&mut self, turn: &mut Turn, typed: &str) {
        match self.take_typed(typed) {
            Ok(room) => {
                self.leave(turn);
                self.make_ready(turn, room, true);
            }
            Err(error) => self.lobby(Some(error)),
        }
    }

    /// Stops before a room, where the user sees and hears whether all is as it should be. A `step` can be undone by
    /// going back.
    pub(crate) fn make_ready(&mut self, turn: &mut Turn, room: RoomName, step: bool) {
        self.room_wish = room.to_string();
        turn.order(PageOrder::ShowPath(address::of_room(&room), step));
        turn.order(StoreOrder::Room(room.clone()));
        self.place = Place::Ready(room);
        self.prepare_devices(turn);
    }

    /// Goes back to the seat that this page held before it was loaded anew. It may be another page's by now: then the
    /// user is asked.
    pub(crate) fn come_back(&mut self, turn: &mut Turn, seat: HeldSeat) {
        self.go_in_by(turn, seat.room, Some(seat.key), false);
        self.prepare_devices(turn);
    }

    /// Goes to a room from elsewhere than the page before it, and turns on what the user wants on.
    pub(crate) fn enter(&mut self, turn: &mut Turn, room: RoomName, take_over: bool) {
        self.go_in(turn, room, take_over);
        self.prepare_devices(turn);
    }

    /// Goes on into a room, with devices as they are; the way in ends with the server's welcome.
    pub(crate) fn go_in(&mut self, turn: &mut Turn, room: RoomName, take_over: bool) {
        self.go_in_by(turn, room, None, take_over);
    }

    fn go_in_by(&mut self, turn: &mut Turn, room: RoomName, seat: Option<SeatKey>, take_over: bool) {
        let path = address::of_room(&room);
        self.room_wish = room.to_string();
        self.place = Place::Entering(room.clone());
        turn.order(PageOrder::ShowPath(path, false));
        turn.order(StoreOrder::Room(room));
        self.signaling.connect(turn, seat, take_over);
        self.fetch_ice_servers(turn);
    }

    /// Tries again what did not work: to reach the server, or to be let in.
    pub(crate) fn retry(&mut self, turn: &mut Turn) {
        if let Place::Refused(room, ..) | Place::Occupied(room) = &self.place {
            let room = room.clone();
            self.enter(turn, room, false);
        } else {
            self.signaling.retry(turn);
        }
    }

    pub(crate) fn lobby(&mut self, error: Option<FormError>) {
        self.place = Place::Lobby { error };
    }

    /// The browser's session is another user's by now: the user is asked who goes on. What is stored is that session's.
    pub(crate) fn another_user(&mut self, turn: &mut Turn, session: SessionInfo) {
        let Some(room) = self.room_name().cloned() else {
            return;
        };
        self.leave(turn);
        self.user = None;
        self.account.forget();
        self.place = Place::AnotherUser(room, session);
    }

    /// The user goes on as who the browser is signed in as.
    pub(crate) fn go_on_as_another(&mut self, turn: &mut Turn) {
        let Place::AnotherUser(room, SessionInfo { name, guest_of }) = self.place.clone() else {
            return;
        };
        let user = SignedIn {
            token: None,
            name,
            guest_of,
        };
        self.user = Some(user.clone());
        self.as_guest = self.is_guest();
        turn.order(StoreOrder::Session(user));
        self.enter(turn, room, false);
    }

    /// The user wants to be who they were, and has to sign in for that.
    pub(crate) fn sign_in_again(&mut self) {
        if matches!(self.place, Place::AnotherUser(..)) {
            self.place = Place::door(None);
        }
    }
}
