//! What is shown of a room's moderation.

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
    /// How large moderators may make the room.
    pub largest_size: u32,
    /// Who waits to be let in, for a moderator.
    pub newcomers: Vec<NewcomerView>,
    /// Of whom the user takes no invitations.
    pub blocked: Vec<UserName>,
    /// The room's passes, once a moderator has looked.
    pub passes: Vec<Pass>,
    /// The room's bans, likewise.
    pub bans: Vec<Ban>,
    /// The path of the room with the code of the pass that the user made last.
    pub link: Option<String>,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewcomerView {
    /// Which.
    pub id: ParticipantId,
    /// Their name.
    pub name: UserName,
    /// Whether they have no account.
    pub guest: bool,
}

impl ModerationView {
    /// The moderation of the room.
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
