//! What is kept on disk about a room and about how a user stands there, as the registry is told of it.

use protocol::{Access, Role, RoomSettings, UnixMillis, UserName};
use serde::{Deserialize, Serialize};

use super::ids::UserId;

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
