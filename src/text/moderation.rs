//! Words for roles and for who may come into a room.

use protocol::{Access, Role};

use super::Texts;

/// All ways to let people in, the widest first.
pub const ACCESS: [Access; 4] = [Access::Open, Access::Password, Access::Lobby, Access::Locked];

/// Who may come in.
pub fn access(t: &Texts, access: Access) -> &'static str {
    match access {
        Access::Open => t.access_open,
        Access::Locked => t.access_locked,
        Access::Password => t.access_password,
        Access::Lobby => t.access_lobby,
    }
}

/// What somebody is in the room, where that needs a word.
pub fn role(t: &Texts, role: Role) -> Option<&'static str> {
    match role {
        Role::Participant => None,
        Role::Moderator => Some(t.role_moderator),
        Role::Owner => Some(t.role_owner),
    }
}

/// What the user has become.
pub fn became(t: &Texts, role: Role) -> &'static str {
    match role {
        Role::Participant => t.became_participant,
        Role::Moderator => t.became_moderator,
        Role::Owner => t.became_owner,
    }
}
