//! Admission of users without a seat: admit, turn away, or wait.

use protocol::{Access, ErrorCode};

use super::ids::UserId;
use super::rules::{Rules, Standing};

/// What decides whether a user is admitted.
#[derive(Clone, Debug, Default)]
pub struct Door {
    /// The room's rules.
    pub rules: Rules,
    /// The user's standing.
    pub standing: Standing,
    /// Whether the user has a valid pass or was admitted by a moderator.
    pub passed: bool,
    /// The password hash (PHC form) that the user's password matched, if any.
    pub proven: Option<String>,
}

/// What happens to a user without a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// They are admitted.
    In,
    /// They go to the waiting room.
    Wait,
}

impl Door {
    /// Decides about a user without a seat, regardless of how full the room is.
    pub(super) fn ask(&self, user: UserId, guest: bool) -> Result<Answer, ErrorCode> {
        // First of all, so that a pass that leaked does not open a room to guests.
        if guest && !self.rules.settings.guests {
            return Err(ErrorCode::GuestsNotAdmitted);
        }
        let role = self.rules.role(user, &self.standing);
        if role.moderates() || self.passed {
            return Ok(Answer::In);
        }
        match self.rules.settings.access {
            Access::Open => Ok(Answer::In),
            Access::Locked => Err(ErrorCode::RoomLocked),
            Access::Password if self.proven.is_some() && self.proven == self.rules.password => Ok(Answer::In),
            Access::Password => Err(ErrorCode::RoomPasswordRequired),
            Access::Lobby => Ok(Answer::Wait),
        }
    }
}
