//! What is shown of a room's moderation.

use protocol::{Ban, ParticipantId, Pass, Role, RoomSettings, UserName};

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
