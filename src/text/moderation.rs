//! Words for roles and for who may come into a room.

use protocol::{Access, Role, RoomSettings};

use super::{Texts, fill};

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

/// Who may come in, guests among them or not.
pub fn door(t: &Texts, settings: RoomSettings) -> String {
    let access = access(t, settings.access);
    if settings.guests {
        fill(t.access_and_guests, &[("access", access)])
    } else {
        access.to_owned()
    }
}

/// Somebody's name, with what is to be known of a guest.
pub fn named(t: &Texts, name: &str, guest: bool) -> String {
    if guest {
        fill(t.guest_named, &[("name", name)])
    } else {
        name.to_owned()
    }
}

/// As whom the user is here.
pub fn signed_in_as(t: &Texts, name: &str, guest: bool) -> String {
    let text = if guest { t.guest_as } else { t.signed_in_as };
    fill(text, &[("name", name)])
}

/// What somebody is in the room, where that needs a word.
pub fn role(t: &Texts, role: Role) -> Option<&'static str> {
    match role {
        Role::Participant => None,
        Role::Moderator => Some(t.role_moderator),
        Role::Owner => Some(t.role_owner),
    }
}

/// That somebody is banned for one of the times that can be chosen, in minutes.
pub fn banned(t: &Texts, minutes: u32) -> &'static str {
    match minutes {
        ..=60 => t.banned_hour,
        61..=1440 => t.banned_day,
        1441.. => t.banned_week,
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
