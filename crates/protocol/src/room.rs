//! What a room's people may do, who is let in, and by what.

use serde::{Deserialize, Serialize};

use crate::{PassId, UnixMillis, UserName};

/// What somebody may do to others in a room; a later one may all that the ones before it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Nothing.
    #[default]
    Participant,
    /// Let in, mute, silence, remove and ban participants, and change the room.
    Moderator,
    /// All of that to moderators too, whom the owner alone appoints and dismisses.
    Owner,
}

impl Role {
    /// Whether it is the one that goes without saying.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference in")]
    pub(crate) fn is_participant(&self) -> bool {
        *self == Self::Participant
    }

    /// Whether it moderates.
    pub fn moderates(self) -> bool {
        self >= Self::Moderator
    }

    /// Whether it may act on somebody of another role: on any that is less, if it moderates at all.
    pub fn may_act_on(self, other: Self) -> bool {
        self.moderates() && other < self
    }
}

/// Who may come into a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Everybody.
    #[default]
    Open,
    /// Nobody new.
    Locked,
    /// Who knows the room's password.
    Password,
    /// Whom a moderator lets in, one by one.
    Lobby,
}

/// What a room's moderators decide about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSettings {
    /// Who may come in.
    pub access: Access,
    /// How many may be in it: 1 to what the server allows ([`crate::Welcome::largest_size`]).
    pub size: u32,
    /// Whether people without an account may come in, by the same door.
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

/// What a moderator wants changed of a room's settings; what is absent stays as it is. So two moderators who change different
/// things at the same time both get what they want.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomChanges {
    /// [`RoomSettings::access`]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// [`RoomSettings::size`]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// [`RoomSettings::guests`]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guests: Option<bool>,
}

impl RoomChanges {
    /// The settings with these changes.
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
    /// Everything is to be so, whatever it was.
    fn from(RoomSettings { access, size, guests }: RoomSettings) -> Self {
        Self {
            access: Some(access),
            size: Some(size),
            guests: Some(guests),
        }
    }
}

/// A link to a room that lets in whoever has it, for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Which; it says nothing of the code.
    pub id: PassId,
    /// Who made it.
    pub by: UserName,
    /// When it ends.
    pub until: UnixMillis,
}

/// Somebody who may not come into a room for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ban {
    /// Who.
    pub name: UserName,
    /// Until when.
    pub until: UnixMillis,
    /// Whether it is a guest, and holds for guests of this name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
}

#[cfg(test)]
mod tests {
    use super::Role::{Moderator, Owner, Participant};
    use super::{Access, RoomChanges, RoomSettings};

    #[test]
    fn changes_leave_what_they_do_not_name() {
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
    fn each_role_acts_on_less_ones_and_a_participant_on_nobody() {
        for (role, other) in [(Owner, Moderator), (Owner, Participant), (Moderator, Participant)] {
            assert!(role.may_act_on(other));
            assert!(!other.may_act_on(role));
        }
        for role in [Owner, Moderator, Participant] {
            assert!(!role.may_act_on(role));
        }
    }
}
