//! Entering a room: by a typed name or link, by the page's address, with a password, or by taking over the seat of
//! another page of the user.

use protocol::http::{SessionInfo, SignedIn};
use protocol::{PassCode, RoomName, SeatKey};

use crate::door::RoomCredentials;
use crate::page::{PageState, address};
use crate::turn::Turn;
use crate::{Core, FormError, HeldSeat, PageOrder, StoreOrder};

impl Core {
    /// Takes the invite link code out of an address; the address bar shows the address without it from here on.
    pub(crate) fn take_pass(&mut self, room: Option<&str>, pass: Option<PassCode>) {
        let room = room.and_then(|typed| RoomName::parse(typed).ok());
        if let (Some(room), Some(code)) = (room, pass) {
            self.credentials = RoomCredentials::pass(room, code);
        }
    }

    /// Enters the room that asked for a password, with the password that the user typed.
    pub(crate) fn give_password(&mut self, turn: &mut Turn, password: String) {
        let PageState::Refused(room, ..) = self.page.clone() else {
            return;
        };
        self.credentials.set_password(room.clone(), password);
        self.enter(turn, room, false);
    }

    /// Parses a typed room name or link, and keeps the invite link code that a link has.
    pub(crate) fn take_typed(&mut self, typed: &str) -> Result<RoomName, FormError> {
        let (wish, pass) = address::typed(typed);
        self.take_pass(Some(&wish), pass);
        let room = RoomName::parse(&wish).map_err(FormError::RoomName);
        self.room_wish = wish;
        room
    }

    /// Goes to the room whose name or link was typed in the lobby.
    pub(crate) fn enter_typed(&mut self, turn: &mut Turn, typed: &str) {
        match self.take_typed(typed) {
            Ok(room) => {
                self.leave(turn);
                self.make_ready(turn, room, true);
            }
            Err(error) => self.lobby(Some(error)),
        }
    }

    /// Shows the pre-join page of a room, where the user checks their devices. `step` adds an entry to the tab's
    /// history, so that the back button returns.
    pub(crate) fn make_ready(&mut self, turn: &mut Turn, room: RoomName, step: bool) {
        self.room_wish = room.to_string();
        turn.order(PageOrder::ShowPath(address::of_room(&room), step));
        turn.order(StoreOrder::Room(room.clone()));
        self.page = PageState::Ready(room);
        self.prepare_devices(turn);
    }

    /// Resumes the seat that this page held before a reload. If another page of the user has taken it by now, the
    /// user is asked.
    pub(crate) fn come_back(&mut self, turn: &mut Turn, seat: HeldSeat) {
        self.go_in_by(turn, seat.room, Some(seat.key), false);
        self.prepare_devices(turn);
    }

    /// Enters a room without its pre-join page, and turns on the devices that the user wants on.
    pub(crate) fn enter(&mut self, turn: &mut Turn, room: RoomName, take_over: bool) {
        self.go_in(turn, room, take_over);
        self.prepare_devices(turn);
    }

    /// Enters a room with devices as they are. The server's welcome completes the entry.
    pub(crate) fn go_in(&mut self, turn: &mut Turn, room: RoomName, take_over: bool) {
        self.go_in_by(turn, room, None, take_over);
    }

    fn go_in_by(&mut self, turn: &mut Turn, room: RoomName, seat: Option<SeatKey>, take_over: bool) {
        let path = address::of_room(&room);
        self.room_wish = room.to_string();
        self.page = PageState::Entering(room.clone());
        turn.order(PageOrder::ShowPath(path, false));
        turn.order(StoreOrder::Room(room));
        self.signaling.connect(turn, seat, take_over);
        self.fetch_ice_servers(turn);
    }

    /// Retries what failed: connecting to the server, or entering the room.
    pub(crate) fn retry(&mut self, turn: &mut Turn) {
        if let PageState::Refused(room, ..) | PageState::Occupied(room) = &self.page {
            let room = room.clone();
            self.enter(turn, room, false);
        } else {
            self.signaling.retry(turn);
        }
    }

    pub(crate) fn lobby(&mut self, error: Option<FormError>) {
        self.page = PageState::Lobby { error };
    }

    /// Handles that the browser's session belongs to another user by now (another tab signed in): the user is asked
    /// which account to continue with. The stored data is that session's.
    pub(crate) fn another_user(&mut self, turn: &mut Turn, session: SessionInfo) {
        let Some(room) = self.room_name().cloned() else {
            return;
        };
        self.leave(turn);
        self.user = None;
        self.account.forget();
        self.page = PageState::AnotherUser(room, session);
    }

    /// Continues as the user whom the browser is signed in as.
    pub(crate) fn continue_as_other(&mut self, turn: &mut Turn) {
        let PageState::AnotherUser(room, SessionInfo { name, guest_of }) = self.page.clone() else {
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

    /// Shows the sign-in page, so that the user can sign in to their former account again.
    pub(crate) fn sign_in_again(&mut self) {
        if matches!(self.page, PageState::AnotherUser(..)) {
            self.page = PageState::door(None);
        }
    }
}
