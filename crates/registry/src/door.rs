//! A room's door: who is let in at once, who is turned away, and who waits.

use protocol::{Access, ErrorCode};

use super::ids::UserId;
use super::rules::{Rules, Standing};

/// What decides whether somebody is let in.
#[derive(Clone, Debug, Default)]
pub struct Door {
    /// The room's rules.
    pub rules: Rules,
    /// How the user stands.
    pub standing: Standing,
    /// The user has a pass that is good, or a moderator's word.
    pub passed: bool,
    /// The hash to which the user knew the password.
    pub proven: Option<String>,
}

/// What the door does with somebody who has no seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Lets them in.
    In,
    /// Lets them wait.
    Wait,
}

impl Door {
    /// What the door says to somebody who has no seat, whatever room there is inside.
    pub(super) fn ask(&self, user: UserId, guest: bool) -> Result<Answer, ErrorCode> {
        // Before all else: a pass that got about is not what opens a room to guests.
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
