//! What is kept on disk about a room and about how a user stands there, as the registry is told of it.

use protocol::{Access, Participant, ParticipantId, Role, RoomSettings, UnixMillis, UserName};
use serde::{Deserialize, Serialize};

use super::output::UserId;
use super::room::Room;
use super::seat::Seat;

/// What a room is by its own rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Whose room it is; nobody's after that account was deleted.
    pub owner: Option<UserId>,
    /// What its moderators decided.
    pub settings: RoomSettings,
    /// The hash of its password, in PHC form.
    pub password: Option<String>,
}

/// How a user stands in a room, and with others anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The owner made the user a moderator.
    pub moderator: bool,
    /// A moderator lets the user write no lines.
    pub silenced: bool,
    /// Until when the user may not come in, if it is not over.
    pub banned_until: Option<UnixMillis>,
    /// Of whom the user takes no invitations.
    pub blocked: Vec<(UserId, UserName)>,
}

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

impl Rules {
    /// The role of a user.
    pub fn role(&self, user: UserId, standing: &Standing) -> Role {
        if self.owner == Some(user) {
            Role::Owner
        } else if standing.moderator {
            Role::Moderator
        } else {
            Role::Participant
        }
    }

    /// Whether a password is what lets people in.
    pub fn asks_for_password(&self) -> bool {
        self.settings.access == Access::Password
    }
}

impl Standing {
    /// The names of those of whom the user takes no invitations.
    pub fn blocked_names(&self) -> Vec<UserName> {
        self.blocked.iter().map(|(_, name)| name.clone()).collect()
    }

    /// Whether the user takes no invitations of another.
    pub fn blocks(&self, other: UserId) -> bool {
        self.blocked.iter().any(|(user, _)| *user == other)
    }
}

impl Room {
    /// The role of somebody who is here.
    pub fn role(&self, who: ParticipantId) -> Role {
        let role = |seat: &Seat| self.rules.role(seat.user, &seat.standing);
        self.seats.get(&who).map(role).unwrap_or_default()
    }

    /// Somebody who is here, as everybody is told.
    pub fn describe(&self, id: ParticipantId, seat: &Seat) -> Participant {
        Participant {
            role: self.rules.role(seat.user, &seat.standing),
            silenced: seat.standing.silenced,
            away: seat.socket().is_none(),
            guest: seat.guest,
            ..Participant::new(id, seat.name.clone())
        }
    }
}
