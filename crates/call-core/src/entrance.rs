//! Ways in and out: opening the page, signing in, entering and leaving rooms.

use protocol::http::{Credentials, NewAccount, NewGuest, SessionInfo, SignedIn};
use protocol::{ClientMessage, ErrorCode, PassCode, RoomName, SeatKey};

use crate::core::Leaving;
use crate::place::Place;
use crate::ticket::Ticket;
use crate::turn::Turn;
use crate::{
    ApiAnswer, ApiCall, ApiError, Beginning, Core, Entrance, FormError, HeldSeat, PageOrder, RequestId,
    SocketOrder, StoreOrder, Timer, address,
};

/// How the user comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    NewAccount,
    Account,
    Guest,
}

impl Core {
    /// The page opens: a remembered session leads straight to the room of the address.
    pub(crate) fn start(&mut self, turn: &mut Turn, beginning: Beginning) {
        let (path, pass) = address::pass_in(&beginning.path);
        let addressed = address::room_in(path);
        self.take_pass(addressed.as_deref(), pass);
        self.user = beginning.session;
        // What an earlier visit kept was good then.
        self.cookie_kept = true;
        self.media.remember(beginning.devices);
        self.room_wish = addressed
            .clone()
            .or_else(|| beginning.room.map(|room| room.to_string()))
            .unwrap_or_default();
        self.as_guest = self.is_guest();
        if let Some(lab) = address::lab_in(path) {
            return self.enter_lab(turn, lab);
        }
        if !self.is_somebody_in(addressed.as_deref()) {
            self.user = None;
        }
        if address::leads_nowhere(path) {
            self.place = Place::Nowhere;
            return;
        }
        if self.user.is_none() {
            self.place = Place::door(None);
            return;
        }
        match addressed.and_then(|typed| RoomName::parse(&typed).ok()) {
            Some(room) => match beginning.seat.filter(|seat| seat.room == room) {
                Some(seat) => self.come_back(turn, seat),
                None => self.make_ready(turn, room, false),
            },
            None => self.lobby(None),
        }
    }

    /// The user went back or forward. Out of a call that is asked first.
    pub(crate) fn path_changed(&mut self, turn: &mut Turn, path: &str) {
        if self.in_call && !self.is_room_at(path) && std::mem::take(&mut self.leaving) != Leaving::Wanted {
            self.leaving = Leaving::Asked;
            return turn.order(PageOrder::TurnRound);
        }
        let (path, pass) = address::pass_in(path);
        if let Some(lab) = address::lab_in(path) {
            // A step to another part of the same page is none to another page.
            if self.place != Place::Lab(lab) {
                self.leave(turn);
                self.enter_lab(turn, lab);
            }
            return;
        }
        let addressed = address::room_in(path);
        let meant = addressed.as_deref().and_then(|typed| RoomName::parse(typed).ok());
        if let Some(room) = meant.filter(|room| Some(room) == self.room_name()) {
            // Other spellings of the room's address are the same room, which is shown by its own.
            let own = address::of_room(&room);
            if path != own {
                turn.order(PageOrder::ShowPath(own, false));
            }
            return;
        }
        self.leave(turn);
        if self.is_guest() {
            self.end_visit(turn);
            self.place = Place::door(None);
        }
        if address::leads_nowhere(path) {
            self.place = Place::Nowhere;
            return;
        }
        self.take_pass(addressed.as_deref(), pass);
        if let Some(typed) = &addressed {
            self.room_wish.clone_from(typed);
        }
        if self.user.is_none() {
            if self.place.is_for_all() || matches!(self.place, Place::AnotherUser(..)) {
                self.place = Place::door(None);
            }
            return;
        }
        match addressed.and_then(|typed| RoomName::parse(&typed).ok()) {
            Some(room) => self.make_ready(turn, room, false),
            None => self.lobby(None),
        }
    }

    /// Whether an address is of the room that the user is in or before; other spellings of it are the same room.
    fn is_room_at(&self, path: &str) -> bool {
        let addressed = address::room_in(address::pass_in(path).0);
        let meant = addressed.and_then(|typed| RoomName::parse(&typed).ok());
        meant.is_some() && meant.as_ref() == self.room_name()
    }

    /// The user answers whether to leave the call.
    pub(crate) fn leave_by_history(&mut self, turn: &mut Turn, leave: bool) {
        if self.leaving != Leaving::Asked {
            return;
        }
        self.leaving = if leave { Leaving::Wanted } else { Leaving::No };
        if leave {
            turn.order(PageOrder::TurnRound);
        }
    }

    /// Takes the pass out of an address, which is shown without it from here on.
    fn take_pass(&mut self, room: Option<&str>, pass: Option<PassCode>) {
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

    /// Asks the server to let the user in.
    pub(crate) fn call_door(&mut self, turn: &mut Turn, door: Door, entrance: Entrance, room: RoomName) {
        let Entrance {
            name,
            password,
            invite_code,
            ..
        } = entrance;
        let call = match door {
            Door::NewAccount => ApiCall::CreateAccount(NewAccount {
                name,
                password,
                invite_code: Some(invite_code).filter(|code| !code.is_empty()),
            }),
            Door::Account => ApiCall::SignIn(Credentials { name, password }),
            Door::Guest => ApiCall::ComeAsGuest(NewGuest {
                name,
                room: room.to_string(),
            }),
        };
        self.arriving = None;
        self.signing_in = Some((turn.call(call), room));
        self.place = Place::door(None);
    }

    /// The server answered over HTTP.
    pub(crate) fn api_answered(
        &mut self,
        turn: &mut Turn,
        request: RequestId,
        answer: Result<ApiAnswer, ApiError>,
    ) {
        if self.ice.request == Some(request) {
            return self.ice_answered(turn, answer);
        }
        let Err(answer) = self.account_answered(turn, request, answer) else {
            return;
        };
        let Some((_, room)) = self.signing_in.take_if(|(awaited, _)| *awaited == request) else {
            return;
        };
        if let Some(signed_in) = self.arriving.take() {
            return self.cookie_tried(turn, &answer, signed_in, room);
        }
        match answer {
            Ok(ApiAnswer::SignedIn(signed_in)) if signed_in.token.is_none() => {
                self.try_cookie(turn, signed_in, room);
            }
            Ok(ApiAnswer::SignedIn(signed_in)) => self.signed_in(turn, signed_in, room),
            Ok(_) => {}
            Err(error) => {
                let error = form_error(error);
                if error == FormError::InviteCode {
                    self.account.need_code();
                }
                self.refuse_entrance(error);
            }
        }
    }

    /// The user is not signed in, and sees why unless they left the form.
    fn refuse_entrance(&mut self, error: FormError) {
        if matches!(self.place, Place::Door { .. }) {
            self.place = Place::door(Some(error));
        }
    }

    /// Whether the browser took the cookie, only another call can tell.
    fn try_cookie(&mut self, turn: &mut Turn, signed_in: SignedIn, room: RoomName) {
        self.arriving = Some(signed_in);
        self.cookie_kept = false;
        let request = turn.call(ApiCall::FetchSession);
        self.signing_in = Some((request, room));
    }

    /// The server told whether it knows the user by the cookie. Without an answer the user goes on.
    fn cookie_tried(
        &mut self,
        turn: &mut Turn,
        answer: &Result<ApiAnswer, ApiError>,
        signed_in: SignedIn,
        room: RoomName,
    ) {
        if *answer == Err(ApiError::Refused(ErrorCode::NotSignedIn)) {
            return self.refuse_entrance(FormError::CookiesRefused);
        }
        self.cookie_kept = answer.is_ok();
        self.signed_in(turn, signed_in, room);
    }

    fn signed_in(&mut self, turn: &mut Turn, signed_in: SignedIn, room: RoomName) {
        self.user = Some(signed_in.clone());
        turn.order(StoreOrder::Session(signed_in));
        if self.place.is_for_all() {
            // The user looks at something else meanwhile; the way back leads on.
            self.labs.back = address::of_room(&room);
        } else {
            self.make_ready(turn, room, true);
        }
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
    fn come_back(&mut self, turn: &mut Turn, seat: HeldSeat) {
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

    /// Leaves the room for the lobby, or what stands in its place.
    pub(crate) fn go_to_lobby(&mut self, turn: &mut Turn) {
        if self.is_guest() {
            return self.leave_as_guest(turn);
        }
        self.leave(turn);
        turn.order(PageOrder::ShowPath(address::LOBBY.to_owned(), true));
        if self.user.is_some() {
            self.lobby(None);
        } else if self.place.is_for_all() {
            self.place = Place::door(None);
        }
    }

    /// Ends the session.
    pub(crate) fn sign_out(&mut self, turn: &mut Turn) {
        self.leave(turn);
        self.forget_chats(turn);
        self.end_session(turn);
        self.forget_session(turn);
    }

    /// Forgets what is kept of the user's chats: another user of the browser shall not find it. A session that the server
    /// ended keeps it, for the user to sign in again.
    pub(crate) fn forget_chats(&self, turn: &mut Turn) {
        if let Some(user) = &self.user {
            turn.order(StoreOrder::ForgetChats(user.name.clone()));
        }
    }

    /// Has the server end the session.
    pub(crate) fn end_session(&mut self, turn: &mut Turn) {
        if let Some(user) = self.user.clone() {
            turn.call(ApiCall::SignOut(user));
        }
    }

    /// The user is signed in no more.
    pub(crate) fn forget_user(&mut self, turn: &mut Turn) {
        self.account.forget();
        if let Some(user) = self.user.take() {
            turn.order(StoreOrder::ForgetSession(user.name));
        }
    }

    /// All sessions ended as the user wished.
    pub(crate) fn signed_out(&mut self, turn: &mut Turn) {
        self.leave(turn);
        self.forget_chats(turn);
        self.forget_session(turn);
    }

    pub(crate) fn forget_session(&mut self, turn: &mut Turn) {
        self.forget_user(turn);
        self.show_door(turn);
    }

    /// Nobody is signed in here.
    pub(crate) fn show_door(&mut self, turn: &mut Turn) {
        self.ticket = Ticket::default();
        self.place = Place::door(None);
        turn.order(PageOrder::ShowPath(address::LOBBY.to_owned(), true));
    }

    /// The session is no more, by the server's word: back to the door, with the room kept in mind.
    pub(crate) fn session_ended(&mut self, turn: &mut Turn) {
        if self.account.ends_session() {
            return self.signed_out(turn);
        }
        let by_cookie = self.user.as_ref().is_some_and(|user| user.token.is_none());
        let ended = if by_cookie && !self.cookie_kept {
            FormError::CookiesRefused
        } else if self.is_guest() {
            FormError::VisitEnded
        } else {
            FormError::SessionEnded
        };
        self.leave(turn);
        if self.is_guest() {
            self.forget_chats(turn);
        }
        self.forget_user(turn);
        self.place = Place::door(Some(ended));
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

    /// Gives back everything that the room held.
    pub(crate) fn leave(&mut self, turn: &mut Turn) {
        self.leave_labs(turn);
        if self.signaling.is_joined() {
            turn.order(SocketOrder::Send(ClientMessage::Leave {}));
        }
        self.signaling.disconnect(turn);
        self.media.leave(turn);
        turn.stop(Timer::IceServers);
        turn.stop(Timer::RestartDue);
        self.ice = crate::ice::Ice::default();
        self.notices.settle(|_| true);
        self.leave_seat(turn);
        self.leaving = Leaving::No;
        if std::mem::take(&mut self.in_call) {
            turn.order(PageOrder::AskBeforeUnload(false));
        }
    }

    /// Gives back what hangs on the seat.
    pub(crate) fn leave_seat(&mut self, turn: &mut Turn) {
        turn.stop(Timer::Chat);
        turn.order(StoreOrder::Seat(None));
        if let Some(mut room) = self.room.take() {
            for link in &room.links {
                link.close(turn);
            }
            room.invitations.clear();
            room.invitations.sound(turn);
        }
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
}

pub(crate) fn form_error(error: ApiError) -> FormError {
    match error {
        ApiError::Refused(ErrorCode::UserNameTaken) => FormError::UserNameTaken,
        ApiError::Refused(ErrorCode::InvalidUserName) => FormError::UserName(protocol::NameError::Character),
        ApiError::Refused(ErrorCode::InvalidPassword) => FormError::Password,
        ApiError::Refused(ErrorCode::InvalidInviteCode) => FormError::InviteCode,
        ApiError::Refused(ErrorCode::WrongCredentials) => FormError::WrongCredentials,
        ApiError::Refused(_) | ApiError::Later(..) | ApiError::Unreachable => FormError::Server(error),
    }
}
