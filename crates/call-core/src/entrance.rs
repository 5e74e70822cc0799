//! Ways in and out: opening the page, signing in, entering and leaving rooms.

use protocol::http::{Credentials, NewAccount, NewGuest, SessionInfo, SignedIn};
use protocol::{ClientMessage, ErrorCode, PassCode, RoomName, SeatKey};

use crate::core::Leaving;
use crate::place::Place;
use crate::ticket::Ticket;
use crate::{
    ApiAnswer, ApiCall, ApiError, Beginning, Core, Effect, Entrance, FormError, HeldSeat, RequestId, Timer,
    address,
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
    pub(crate) fn start(&mut self, beginning: Beginning) -> Vec<Effect> {
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
            return self.enter_lab(lab);
        }
        if !self.is_somebody_in(addressed.as_deref()) {
            self.user = None;
        }
        if address::leads_nowhere(path) {
            self.place = Place::Nowhere;
            return Vec::new();
        }
        if self.user.is_none() {
            self.place = Place::door(None);
            return Vec::new();
        }
        match addressed.and_then(|typed| RoomName::parse(&typed).ok()) {
            Some(room) => match beginning.seat.filter(|seat| seat.room == room) {
                Some(seat) => self.come_back(seat),
                None => self.make_ready(room, false),
            },
            None => self.lobby(None),
        }
    }

    /// The user went back or forward. Out of a call that is asked first.
    pub(crate) fn path_changed(&mut self, path: &str) -> Vec<Effect> {
        if self.in_call && !self.is_room_at(path) && std::mem::take(&mut self.leaving) != Leaving::Wanted {
            self.leaving = Leaving::Asked;
            return vec![Effect::TurnRound];
        }
        let (path, pass) = address::pass_in(path);
        if let Some(lab) = address::lab_in(path) {
            // A step to another part of the same page is none to another page.
            if self.place == Place::Lab(lab) {
                return Vec::new();
            }
            let mut effects = self.leave();
            effects.extend(self.enter_lab(lab));
            return effects;
        }
        let addressed = address::room_in(path);
        let meant = addressed.as_deref().and_then(|typed| RoomName::parse(typed).ok());
        if let Some(room) = meant.filter(|room| Some(room) == self.room_name()) {
            // Other spellings of the room's address are the same room, which is shown by its own.
            let own = address::of_room(&room);
            return Vec::from_iter((path != own).then_some(Effect::ShowPath(own, false)));
        }
        let mut effects = self.leave();
        if self.is_guest() {
            effects.extend(self.end_visit());
            self.place = Place::door(None);
        }
        if address::leads_nowhere(path) {
            self.place = Place::Nowhere;
            return effects;
        }
        self.take_pass(addressed.as_deref(), pass);
        if let Some(typed) = &addressed {
            self.room_wish.clone_from(typed);
        }
        if self.user.is_none() {
            if self.place.is_for_all() || matches!(self.place, Place::AnotherUser(..)) {
                self.place = Place::door(None);
            }
            return effects;
        }
        effects.extend(match addressed.and_then(|typed| RoomName::parse(&typed).ok()) {
            Some(room) => self.make_ready(room, false),
            None => self.lobby(None),
        });
        effects
    }

    /// Whether an address is of the room that the user is in or before; other spellings of it are the same room.
    fn is_room_at(&self, path: &str) -> bool {
        let addressed = address::room_in(address::pass_in(path).0);
        let meant = addressed.and_then(|typed| RoomName::parse(&typed).ok());
        meant.is_some() && meant.as_ref() == self.room_name()
    }

    /// The user answers whether to leave the call.
    pub(crate) fn leave_by_history(&mut self, leave: bool) -> Vec<Effect> {
        if self.leaving != Leaving::Asked {
            return Vec::new();
        }
        self.leaving = if leave { Leaving::Wanted } else { Leaving::No };
        Vec::from_iter(leave.then_some(Effect::TurnRound))
    }

    /// Takes the pass out of an address, which is shown without it from here on.
    fn take_pass(&mut self, room: Option<&str>, pass: Option<PassCode>) {
        let room = room.and_then(|typed| RoomName::parse(typed).ok());
        if let (Some(room), Some(code)) = (room, pass) {
            self.ticket = Ticket::pass(room, code);
        }
    }

    /// The user types the password of the room that asked for it.
    pub(crate) fn give_password(&mut self, password: String) -> Vec<Effect> {
        let Place::Refused(room, ..) = self.place.clone() else {
            return Vec::new();
        };
        self.ticket.set_password(room.clone(), password);
        self.enter(room, false)
    }

    /// Asks the server to let the user in.
    pub(crate) fn call_door(&mut self, door: Door, entrance: Entrance, room: RoomName) -> Vec<Effect> {
        let (request, asked) = (self.next_request(), room.to_string());
        self.arriving = None;
        self.signing_in = Some((request, room));
        self.place = Place::door(None);
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
            Door::Guest => ApiCall::ComeAsGuest(NewGuest { name, room: asked }),
        };
        vec![Effect::CallApi { request, call }]
    }

    /// The server answered over HTTP.
    pub(crate) fn api_answered(
        &mut self,
        request: RequestId,
        answer: Result<ApiAnswer, ApiError>,
    ) -> Vec<Effect> {
        if self.ice.request == Some(request) {
            return self.ice_answered(answer);
        }
        let answer = match self.account_answered(request, answer) {
            Ok(effects) => return effects,
            Err(answer) => answer,
        };
        let Some((_, room)) = self.signing_in.take_if(|(awaited, _)| *awaited == request) else {
            return Vec::new();
        };
        if let Some(signed_in) = self.arriving.take() {
            return self.cookie_tried(&answer, signed_in, room);
        }
        match answer {
            Ok(ApiAnswer::SignedIn(signed_in)) if signed_in.token.is_none() => {
                self.try_cookie(signed_in, room)
            }
            Ok(ApiAnswer::SignedIn(signed_in)) => self.signed_in(signed_in, room),
            Ok(_) => Vec::new(),
            Err(error) => {
                let error = form_error(error);
                if error == FormError::InviteCode {
                    self.account.need_code();
                }
                self.refuse_entrance(error)
            }
        }
    }

    /// The user is not signed in, and sees why unless they left the form.
    fn refuse_entrance(&mut self, error: FormError) -> Vec<Effect> {
        if matches!(self.place, Place::Door { .. }) {
            self.place = Place::door(Some(error));
        }
        Vec::new()
    }

    /// Whether the browser took the cookie, only another call can tell.
    fn try_cookie(&mut self, signed_in: SignedIn, room: RoomName) -> Vec<Effect> {
        let request = self.next_request();
        self.arriving = Some(signed_in);
        self.cookie_kept = false;
        self.signing_in = Some((request, room));
        let call = ApiCall::FetchSession;
        vec![Effect::CallApi { request, call }]
    }

    /// The server told whether it knows the user by the cookie. Without an answer the user goes on.
    fn cookie_tried(
        &mut self,
        answer: &Result<ApiAnswer, ApiError>,
        signed_in: SignedIn,
        room: RoomName,
    ) -> Vec<Effect> {
        if *answer == Err(ApiError::Refused(ErrorCode::NotSignedIn)) {
            return self.refuse_entrance(FormError::CookiesRefused);
        }
        self.cookie_kept = answer.is_ok();
        self.signed_in(signed_in, room)
    }

    fn signed_in(&mut self, signed_in: SignedIn, room: RoomName) -> Vec<Effect> {
        self.user = Some(signed_in.clone());
        let mut effects = vec![Effect::StoreSession(signed_in)];
        if self.place.is_for_all() {
            // The user looks at something else meanwhile; the way back leads on.
            self.labs.back = address::of_room(&room);
        } else {
            effects.extend(self.make_ready(room, true));
        }
        effects
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
    pub(crate) fn enter_typed(&mut self, typed: &str) -> Vec<Effect> {
        match self.take_typed(typed) {
            Ok(room) => {
                let mut effects = self.leave();
                effects.extend(self.make_ready(room, true));
                effects
            }
            Err(error) => self.lobby(Some(error)),
        }
    }

    /// Stops before a room, where the user sees and hears whether all is as it should be. A `step` can be undone by
    /// going back.
    pub(crate) fn make_ready(&mut self, room: RoomName, step: bool) -> Vec<Effect> {
        self.room_wish = room.to_string();
        let mut effects = vec![
            Effect::ShowPath(address::of_room(&room), step),
            Effect::StoreRoom(room.clone()),
        ];
        self.place = Place::Ready(room);
        effects.extend(self.prepare_devices());
        effects
    }

    /// Goes back to the seat that this page held before it was loaded anew. It may be another page's by now: then the
    /// user is asked.
    fn come_back(&mut self, seat: HeldSeat) -> Vec<Effect> {
        let mut effects = self.go_in_by(seat.room, Some(seat.key), false);
        effects.extend(self.prepare_devices());
        effects
    }

    /// Goes to a room from elsewhere than the page before it, and turns on what the user wants on.
    pub(crate) fn enter(&mut self, room: RoomName, take_over: bool) -> Vec<Effect> {
        let mut effects = self.go_in(room, take_over);
        effects.extend(self.prepare_devices());
        effects
    }

    /// Goes on into a room, with devices as they are; the way in ends with the server's welcome.
    pub(crate) fn go_in(&mut self, room: RoomName, take_over: bool) -> Vec<Effect> {
        self.go_in_by(room, None, take_over)
    }

    fn go_in_by(&mut self, room: RoomName, seat: Option<SeatKey>, take_over: bool) -> Vec<Effect> {
        let path = address::of_room(&room);
        self.room_wish = room.to_string();
        self.place = Place::Entering(room.clone());
        let mut effects = vec![Effect::ShowPath(path, false), Effect::StoreRoom(room)];
        effects.extend(self.signaling.connect(seat, take_over));
        effects.extend(self.fetch_ice_servers());
        effects
    }

    /// Leaves the room for the lobby, or what stands in its place.
    pub(crate) fn go_to_lobby(&mut self) -> Vec<Effect> {
        if self.is_guest() {
            return self.leave_as_guest();
        }
        let mut effects = self.leave();
        effects.push(Effect::ShowPath(address::LOBBY.to_owned(), true));
        if self.user.is_some() {
            effects.extend(self.lobby(None));
        } else if self.place.is_for_all() {
            self.place = Place::door(None);
        }
        effects
    }

    /// Ends the session.
    pub(crate) fn sign_out(&mut self) -> Vec<Effect> {
        let mut effects = self.leave();
        effects.extend(self.forget_chats());
        effects.extend(self.end_session());
        effects.extend(self.forget_session());
        effects
    }

    /// Forgets what is kept of the user's chats: another user of the browser shall not find it. A session that the server
    /// ended keeps it, for the user to sign in again.
    pub(crate) fn forget_chats(&self) -> Option<Effect> {
        let user = self.user.as_ref()?;
        Some(Effect::ForgetChats(user.name.clone()))
    }

    /// Has the server end the session.
    pub(crate) fn end_session(&mut self) -> Option<Effect> {
        let call = ApiCall::SignOut(self.user.clone()?);
        let request = self.next_request();
        Some(Effect::CallApi { request, call })
    }

    /// The user is signed in no more.
    pub(crate) fn forget_user(&mut self) -> Option<Effect> {
        self.account.forget();
        let user = self.user.take()?;
        Some(Effect::ForgetSession(user.name))
    }

    /// All sessions ended as the user wished.
    pub(crate) fn signed_out(&mut self) -> Vec<Effect> {
        let mut effects = self.leave();
        effects.extend(self.forget_chats());
        effects.extend(self.forget_session());
        effects
    }

    pub(crate) fn forget_session(&mut self) -> Vec<Effect> {
        self.ticket = Ticket::default();
        self.place = Place::door(None);
        let mut effects = Vec::from_iter(self.forget_user());
        effects.push(Effect::ShowPath(address::LOBBY.to_owned(), true));
        effects
    }

    /// The session is no more, by the server's word: back to the door, with the room kept in mind.
    pub(crate) fn session_ended(&mut self) -> Vec<Effect> {
        if self.account.ends_session() {
            return self.signed_out();
        }
        let by_cookie = self.user.as_ref().is_some_and(|user| user.token.is_none());
        let ended = if by_cookie && !self.cookie_kept {
            FormError::CookiesRefused
        } else if self.is_guest() {
            FormError::VisitEnded
        } else {
            FormError::SessionEnded
        };
        let mut effects = self.leave();
        if self.is_guest() {
            effects.extend(self.forget_chats());
        }
        effects.extend(self.forget_user());
        self.place = Place::door(Some(ended));
        effects
    }

    /// The browser's session is another user's by now: the user is asked who goes on. What is stored is that session's.
    pub(crate) fn another_user(&mut self, session: SessionInfo) -> Vec<Effect> {
        let Some(room) = self.room_name().cloned() else {
            return Vec::new();
        };
        let effects = self.leave();
        self.user = None;
        self.account.forget();
        self.place = Place::AnotherUser(room, session);
        effects
    }

    /// The user goes on as who the browser is signed in as.
    pub(crate) fn go_on_as_another(&mut self) -> Vec<Effect> {
        let Place::AnotherUser(room, SessionInfo { name, guest_of }) = self.place.clone() else {
            return Vec::new();
        };
        let user = SignedIn {
            token: None,
            name,
            guest_of,
        };
        self.user = Some(user.clone());
        self.as_guest = self.is_guest();
        let mut effects = vec![Effect::StoreSession(user)];
        effects.extend(self.enter(room, false));
        effects
    }

    /// The user wants to be who they were, and has to sign in for that.
    pub(crate) fn sign_in_again(&mut self) -> Vec<Effect> {
        if matches!(self.place, Place::AnotherUser(..)) {
            self.place = Place::door(None);
        }
        Vec::new()
    }

    /// Gives back everything that the room held.
    pub(crate) fn leave(&mut self) -> Vec<Effect> {
        let mut effects = self.leave_labs();
        if self.signaling.is_joined() {
            effects.push(Effect::Send(ClientMessage::Leave {}));
        }
        effects.extend(self.signaling.disconnect());
        effects.extend(self.media.leave());
        effects.push(Effect::StopTimer(Timer::IceServers));
        effects.push(Effect::StopTimer(Timer::RestartDue));
        self.ice = crate::ice::Ice::default();
        self.notices.settle(|_| true);
        effects.extend(self.leave_seat());
        self.leaving = Leaving::No;
        if std::mem::take(&mut self.in_call) {
            effects.push(Effect::AskBeforeUnload(false));
        }
        effects
    }

    /// Gives back what hangs on the seat.
    pub(crate) fn leave_seat(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::StopTimer(Timer::Chat), Effect::StoreSeat(None)];
        if let Some(mut room) = self.room.take() {
            effects.extend(room.links.iter().flat_map(crate::link::Link::close));
            room.invitations.clear();
            effects.extend(room.invitations.sound());
        }
        effects
    }

    /// Tries again what did not work: to reach the server, or to be let in.
    pub(crate) fn retry(&mut self) -> Vec<Effect> {
        match &self.place {
            Place::Refused(room, ..) | Place::Occupied(room) => {
                let room = room.clone();
                self.enter(room, false)
            }
            _ => self.signaling.retry(),
        }
    }

    pub(crate) fn lobby(&mut self, error: Option<FormError>) -> Vec<Effect> {
        self.place = Place::Lobby { error };
        Vec::new()
    }
}

pub(crate) fn form_error(error: ApiError) -> FormError {
    match error {
        ApiError::Refused(ErrorCode::UserNameTaken) => FormError::UserNameTaken,
        ApiError::Refused(ErrorCode::InvalidUserName) => FormError::UserName(protocol::NameError::Character),
        ApiError::Refused(ErrorCode::InvalidPassword) => FormError::Password,
        ApiError::Refused(ErrorCode::InvalidInviteCode) => FormError::InviteCode,
        ApiError::Refused(ErrorCode::WrongCredentials) => FormError::WrongCredentials,
        other => FormError::Server(other),
    }
}
