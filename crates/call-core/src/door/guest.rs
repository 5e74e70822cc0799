//! A user without an account: a guest in one room, and nobody elsewhere.
//!
//! A guest has no lobby: leaving the room ends the visit, and so does being put out; what is said of it is said at the
//! door, in the form by which guests come.

use protocol::{ErrorCode, RoomName};

use crate::page::Place;
use crate::turn::Turn;
use crate::{ApiError, Core};

impl Core {
    /// Whether the user has no account.
    pub(crate) fn is_guest(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.guest_of.is_some())
    }

    /// Whether the user's session counts at an address: a guest's does in one room alone.
    pub(crate) fn is_somebody_in(&self, addressed: Option<&str>) -> bool {
        let Some(user) = &self.user else { return false };
        let room = addressed.and_then(|typed| RoomName::parse(typed).ok());
        user.guest_of.is_none() || user.guest_of == room
    }

    /// Leaves the room for the door. A page that is not in it leaves the visit to the one that is.
    pub(crate) fn leave_as_guest(&mut self, turn: &mut Turn) {
        if !matches!(self.place, Place::Occupied(_) | Place::TakenOver(_)) {
            return self.sign_out(turn);
        }
        self.leave(turn);
        self.account.forget();
        self.user = None;
        self.show_door(turn);
    }

    /// Ends the visit, whatever comes next.
    pub(crate) fn end_visit(&mut self, turn: &mut Turn) {
        self.forget_chats(turn);
        self.end_session(turn);
        self.forget_user(turn);
    }

    /// Whether the room wants this guest no more, or not by this name.
    pub(crate) fn ends_visit(&self, code: ErrorCode) -> bool {
        let ends = matches!(
            code,
            ErrorCode::Removed | ErrorCode::Banned | ErrorCode::UserNameTaken | ErrorCode::GuestsNotAdmitted
        );
        ends && self.is_guest()
    }

    /// The room wants the guest no more: back to the door, with the room kept in mind.
    pub(crate) fn visit_ended(&mut self, turn: &mut Turn, code: ErrorCode) {
        self.leave(turn);
        if matches!(code, ErrorCode::Removed | ErrorCode::Banned) {
            // The session ended with it.
            self.forget_chats(turn);
            self.forget_user(turn);
        } else {
            self.end_visit(turn);
        }
        let error = crate::door::form_error(ApiError::Refused(code));
        self.place = Place::door(Some(error));
    }
}
