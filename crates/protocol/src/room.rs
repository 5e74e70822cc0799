//! Roles, access and settings of a room, its passes and bans.

use serde::{Deserialize, Serialize};

use crate::{PassId, UnixMillis, UserName};

/// A participant's role in a room; each may do all that the ones before it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// May not act on others.
    #[default]
    Participant,
    /// May admit, mute, silence, remove and ban participants, and change the room.
    Moderator,
    /// May do the same to moderators, and alone appoints and dismisses them.
    Owner,
}

impl Role {
    /// Whether this is the default role, which is left out of messages.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(crate) fn is_participant(&self) -> bool {
        *self == Self::Participant
    }

    /// Whether the role has a moderator's rights.
    pub fn moderates(self) -> bool {
        self >= Self::Moderator
    }

    /// Whether this role may act on a participant of the other: it must moderate and be higher.
    pub fn may_act_on(self, other: Self) -> bool {
        self.moderates() && other < self
    }
}

/// Who may join a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Anyone.
    #[default]
    Open,
    /// No new participants.
    Locked,
    /// Users who enter the room's password.
    Password,
    /// Users whom a moderator admits, one by one, from the waiting room.
    Lobby,
}

/// The settings of a room, chosen by its moderators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSettings {
    /// Who may join.
    pub access: Access,
    /// The most participants: 1 to the server's maximum ([`crate::Welcome::largest_size`]).
    pub size: u32,
    /// Whether users without an account may join, subject to `access` as others are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guests: bool,
}

impl Default for RoomSettings {
    fn default() -> Self {
        Self {
            access: Access::default(),
            size: u32::try_from(crate::limits::ROOM_PARTICIPANTS).unwrap_or(u32::MAX),
            guests: false,
        }
    }
}

/// A change of a room's settings; absent fields stay as they are, so that two moderators who change different
/// settings at the same time do not undo each other's change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomChanges {
    /// New value of [`RoomSettings::access`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// New value of [`RoomSettings::size`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// New value of [`RoomSettings::guests`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guests: Option<bool>,
}

impl RoomChanges {
    /// Returns the settings with these changes applied.
    #[must_use]
    pub fn of(self, before: RoomSettings) -> RoomSettings {
        RoomSettings {
            access: self.access.unwrap_or(before.access),
            size: self.size.unwrap_or(before.size),
            guests: self.guests.unwrap_or(before.guests),
        }
    }
}

impl From<RoomSettings> for RoomChanges {
    /// Sets every field.
    fn from(RoomSettings { access, size, guests }: RoomSettings) -> Self {
        Self {
            access: Some(access),
            size: Some(size),
            guests: Some(guests),
        }
    }
}

/// A link that admits any holder to a room until it expires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Identifies the pass without revealing its code.
    pub id: PassId,
    /// The moderator who created it.
    pub by: UserName,
    /// When it expires.
    pub until: UnixMillis,
}

/// A ban of a user from a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ban {
    /// The banned user.
    pub name: UserName,
    /// When the ban ends.
    pub until: UnixMillis,
    /// Whether it bans a guest; it then applies to guests of this name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
}

#[cfg(test)]
mod tests {
    use super::Role::{Moderator, Owner, Participant};
    use super::{Access, RoomChanges, RoomSettings};

    #[test]
    fn changes_keep_the_settings_they_do_not_name() {
        let before = RoomSettings {
            access: Access::Locked,
            size: 8,
            guests: true,
        };
        assert_eq!(RoomChanges::default().of(before), before);
        let size = RoomChanges {
            size: Some(9),
            ..RoomChanges::default()
        };
        assert_eq!(size.of(before), RoomSettings { size: 9, ..before });
        let all = RoomSettings::default();
        assert_eq!(RoomChanges::from(all).of(before), all);
    }

    #[test]
    fn roles_act_only_on_lower_roles() {
        for (role, other) in [(Owner, Moderator), (Owner, Participant), (Moderator, Participant)] {
            assert!(role.may_act_on(other));
            assert!(!other.may_act_on(role));
        }
        for role in [Owner, Moderator, Participant] {
            assert!(!role.may_act_on(role));
        }
    }
}
