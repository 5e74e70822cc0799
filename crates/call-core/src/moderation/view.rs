//! The moderation of a room as it is shown.

use protocol::{Ban, Participant, ParticipantId, Pass, Role, RoomSettings, UserName};

use crate::page::address;
use crate::room::Room;

/// The room's rules, and what its moderators see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModerationView {
    /// The user's role.
    pub role: Role,
    /// The room's settings.
    pub settings: RoomSettings,
    /// Upper limit of the room's size that moderators can set.
    pub largest_size: u32,
    /// Newcomers in the waiting room; empty unless the user is a moderator.
    pub newcomers: Vec<NewcomerView>,
    /// Users whose invitations the user blocks.
    pub blocked: Vec<UserName>,
    /// The room's passes, once a moderator has fetched them.
    pub passes: Vec<Pass>,
    /// The room's bans, once a moderator has fetched them.
    pub bans: Vec<Ban>,
    /// URL path of the room with the code of the pass that the user created last.
    pub link: Option<String>,
}

/// A newcomer in the waiting room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewcomerView {
    /// Participant id of the newcomer.
    pub id: ParticipantId,
    /// User name of the newcomer.
    pub name: UserName,
    /// Whether the newcomer has no account.
    pub guest: bool,
}

impl ModerationView {
    /// The moderation of a room.
    pub(crate) fn of(room: &Room) -> Self {
        let known = &room.moderation;
        let newcomer = |newcomer: &Participant| NewcomerView {
            id: newcomer.id,
            name: newcomer.name.clone(),
            guest: newcomer.guest,
        };
        ModerationView {
            role: room.roster.role(room.you),
            settings: known.settings,
            largest_size: known.largest_size,
            newcomers: known.newcomers.iter().map(newcomer).collect(),
            blocked: known.blocked.clone(),
            passes: known.passes.clone(),
            bans: known.bans.clone(),
            link: known
                .fresh
                .as_ref()
                .map(|(_, code)| address::of_pass(&room.name, code)),
        }
    }
}
