//! Texts for roles and for access to a room.

use protocol::{Access, Role, RoomSettings};

use super::{Texts, fill};

/// All ways to control access, the least strict first.
pub const ACCESS: [Access; 4] = [Access::Open, Access::Password, Access::Lobby, Access::Locked];

/// The name of an access setting.
pub fn access(t: &Texts, access: Access) -> &'static str {
    match access {
        Access::Open => t.access_open,
        Access::Locked => t.access_locked,
        Access::Password => t.access_password,
        Access::Lobby => t.access_lobby,
    }
}

/// The access to a room, and whether guests may join.
pub fn door(t: &Texts, settings: RoomSettings) -> String {
    let access = access(t, settings.access);
    if settings.guests {
        fill(t.access_and_guests, &[("access", access)])
    } else {
        access.to_owned()
    }
}

/// A person's name, marked if they are a guest.
pub fn named(t: &Texts, name: &str, guest: bool) -> String {
    if guest {
        fill(t.guest_named, &[("name", name)])
    } else {
        name.to_owned()
    }
}

/// The name that the user is signed in with, or has as a guest.
pub fn signed_in_as(t: &Texts, name: &str, guest: bool) -> String {
    let text = if guest { t.guest_as } else { t.signed_in_as };
    fill(text, &[("name", name)])
}

/// The name of a role; participants have none.
pub fn role(t: &Texts, role: Role) -> Option<&'static str> {
    match role {
        Role::Participant => None,
        Role::Moderator => Some(t.role_moderator),
        Role::Owner => Some(t.role_owner),
    }
}

/// A participant was banned for one of the times that can be chosen, in minutes.
pub fn banned(t: &Texts, minutes: u32) -> &'static str {
    match minutes {
        ..=60 => t.banned_hour,
        61..=1440 => t.banned_day,
        1441.. => t.banned_week,
    }
}

/// The user's role changed.
pub fn became(t: &Texts, role: Role) -> &'static str {
    match role {
        Role::Participant => t.became_participant,
        Role::Moderator => t.became_moderator,
        Role::Owner => t.became_owner,
    }
}
