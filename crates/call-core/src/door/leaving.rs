//! Leaving a room, and ending the session.

use protocol::ClientMessage;

use crate::core::Leaving;
use crate::door::RoomCredentials;
use crate::page::{PageState, address};
use crate::turn::Turn;
use crate::{ApiCall, Core, FormError, PageOrder, SocketOrder, StoreOrder, Timer};

impl Core {
    /// Leaves the room for the lobby, or for the sign-in page if the user is not signed in.
    pub(crate) fn go_to_lobby(&mut self, turn: &mut Turn) {
        if self.is_guest() {
            return self.leave_as_guest(turn);
        }
        self.leave(turn);
        turn.order(PageOrder::ShowPath(address::LOBBY.to_owned(), true));
        if self.user.is_some() {
            self.lobby(None);
        } else if self.page.is_for_all() {
            self.page = PageState::door(None);
        }
    }

    /// Releases everything that belongs to the room: socket, devices, ICE servers, notices, seat.
    pub(crate) fn leave(&mut self, turn: &mut Turn) {
        self.leave_labs(turn);
        if self.signaling.is_joined() {
            turn.order(SocketOrder::Send(ClientMessage::Leave {}));
        }
        self.signaling.disconnect(turn);
        self.media.leave(turn);
        turn.stop(Timer::IceServers);
        turn.stop(Timer::IceServersTimeout);
        self.ice = crate::ice::Ice::default();
        self.notices.settle(|_| true);
        self.leave_seat(turn);
        self.leaving.put(Leaving::No);
        if std::mem::take(&mut self.in_call) {
            self.watch_page(turn, false);
        }
    }

    /// Releases everything that belongs to the seat: links, invitations, chat timer, stored seat.
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

    /// Signs the user out, here and on the server.
    pub(crate) fn sign_out(&mut self, turn: &mut Turn) {
        self.leave(turn);
        self.forget_chats(turn);
        self.end_session(turn);
        self.forget_session(turn);
    }

    /// Signs the user out here, after an account action of the user ended all sessions.
    pub(crate) fn signed_out(&mut self, turn: &mut Turn) {
        self.leave(turn);
        self.forget_chats(turn);
        self.forget_session(turn);
    }

    /// Returns to the sign-in page, with the room prefilled, after the server ended the session.
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
        self.page = PageState::door(Some(ended));
    }

    /// Asks the server to end the session.
    pub(crate) fn end_session(&mut self, turn: &mut Turn) {
        if let Some(user) = self.user.clone() {
            turn.call(ApiCall::SignOut(user));
        }
    }

    pub(crate) fn forget_session(&mut self, turn: &mut Turn) {
        self.forget_user(turn);
        self.show_door(turn);
    }

    /// Forgets the user and deletes the stored session.
    pub(crate) fn forget_user(&mut self, turn: &mut Turn) {
        self.account.forget();
        if let Some(user) = self.user.take() {
            turn.order(StoreOrder::ForgetSession(user.name));
        }
    }

    /// Deletes the user's stored chats, so that another user of the browser cannot read them. If the server ended the
    /// session of an account, they stay for the next sign-in.
    pub(crate) fn forget_chats(&self, turn: &mut Turn) {
        if let Some(user) = &self.user {
            turn.order(StoreOrder::ForgetChats(user.name.clone()));
        }
    }

    /// Shows the sign-in page without an error.
    pub(crate) fn show_door(&mut self, turn: &mut Turn) {
        self.credentials = RoomCredentials::default();
        self.page = PageState::door(None);
        turn.order(PageOrder::ShowPath(address::LOBBY.to_owned(), true));
    }
}
