//! Guests: users without an account, signed in for one room only.
//!
//! A guest has no lobby: leaving the room or being removed from it ends the visit. The reason is shown in the guests'
//! form of the sign-in page.

use protocol::{ErrorCode, RoomName};

use crate::page::PageState;
use crate::turn::Turn;
use crate::{ApiError, Core};

impl Core {
    /// Returns whether the user is a guest.
    pub(crate) fn is_guest(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.guest_of.is_some())
    }

    /// Returns whether the user is signed in for an address: a guest is for one room only.
    pub(crate) fn is_somebody_in(&self, addressed: Option<&str>) -> bool {
        let Some(user) = &self.user else { return false };
        let room = addressed.and_then(|typed| RoomName::parse(typed).ok());
        user.guest_of.is_none() || user.guest_of == room
    }

    /// Leaves the room for the sign-in page. A page that does not hold the seat leaves the visit to the page that does.
    pub(crate) fn leave_as_guest(&mut self, turn: &mut Turn) {
        if !matches!(self.page, PageState::Occupied(_) | PageState::TakenOver(_)) {
            return self.sign_out(turn);
        }
        self.leave(turn);
        self.account.forget();
        self.user = None;
        self.show_door(turn);
    }

    /// Ends the guest's session and forgets the user; the caller decides what to show.
    pub(crate) fn end_visit(&mut self, turn: &mut Turn) {
        self.forget_chats(turn);
        self.end_session(turn);
        self.forget_user(turn);
    }

    /// Returns whether an error ends a guest's visit: removed, banned, name taken, or guests not allowed.
    pub(crate) fn ends_visit(&self, code: ErrorCode) -> bool {
        let ends = matches!(
            code,
            ErrorCode::Removed | ErrorCode::Banned | ErrorCode::UserNameTaken | ErrorCode::GuestsNotAdmitted
        );
        ends && self.is_guest()
    }

    /// Returns to the sign-in page, with the room prefilled, after the room turned the guest away.
    pub(crate) fn visit_ended(&mut self, turn: &mut Turn, code: ErrorCode) {
        self.leave(turn);
        if matches!(code, ErrorCode::Removed | ErrorCode::Banned) {
            // The server has ended the session too.
            self.forget_chats(turn);
            self.forget_user(turn);
        } else {
            self.end_visit(turn);
        }
        let error = crate::door::form_error(ApiError::Refused(code));
        self.page = PageState::door(Some(error));
    }
}
