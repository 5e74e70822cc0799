//! What is stored on disk about a room and a user's standing in it, as passed to the registry.

use protocol::{Access, Role, RoomSettings, UnixMillis, UserName};
use serde::{Deserialize, Serialize};

use super::ids::UserId;

/// A room's owner, settings and password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The owner; `None` after that account was deleted.
    pub owner: Option<UserId>,
    /// The settings, chosen by moderators.
    pub settings: RoomSettings,
    /// The hash of the password, in PHC form.
    pub password: Option<String>,
}

/// A user's standing in a room, and the user's block list, which holds in all rooms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whether the owner made the user a moderator.
    pub moderator: bool,
    /// Whether a moderator forbade the user to write to the chat.
    pub silenced: bool,
    /// When the user's ban ends, if banned.
    pub banned_until: Option<UnixMillis>,
    /// The users whom the user blocks.
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

    /// Whether the room requires a password.
    pub fn asks_for_password(&self) -> bool {
        self.settings.access == Access::Password
    }
}

impl Standing {
    /// The names of the users whom the user blocks.
    pub fn blocked_names(&self) -> Vec<UserName> {
        self.blocked.iter().map(|(_, name)| name.clone()).collect()
    }

    /// Whether the user blocks another.
    pub fn blocks(&self, other: UserId) -> bool {
        self.blocked.iter().any(|(user, _)| *user == other)
    }
}
