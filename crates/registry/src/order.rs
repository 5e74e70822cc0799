//! What is to be changed on disk, and what came of it.

use std::time::Duration;

use protocol::{
    Ban, ParticipantId, Pass, PassCode, PassId, RoomChanges, RoomName, RoomSettings, UnixMillis, UserName,
};

use super::ids::{SocketId, UserId};

/// Something to be kept, or asked of what is kept.
#[derive(Clone, Debug)]
pub struct Order {
    /// What.
    pub change: Change,
    /// Whom to tell when it fails.
    pub socket: SocketId,
    /// In which room.
    pub room: RoomName,
    /// Who wants it: the seat.
    pub by: ParticipantId,
    /// The seat's user.
    pub user: UserId,
}

/// What is to be kept or asked.
#[derive(Clone, Debug)]
pub enum Change {
    /// Some of a room's settings, and a new password in clear if there is one.
    Settings(RoomChanges, Option<String>),
    /// Whether a user moderates.
    Moderator(UserId, bool),
    /// Whether a user is silenced.
    Silenced(UserId, bool),
    /// A ban, for so long.
    Ban(UserId, Duration),
    /// The end of a ban.
    LiftBan(UserName),
    /// A new pass, good for so long.
    CreatePass(Duration),
    /// The end of a pass.
    RevokePass(PassId),
    /// Nothing: the passes and bans are asked for.
    Access,
    /// That the user takes no invitations of another.
    Block(UserId),
    /// That the user takes them again.
    Unblock(UserName),
}

/// What came of it, on disk.
#[derive(Clone, Debug)]
pub enum Done {
    /// The room's settings, and its password's hash.
    Settings(RoomSettings, Option<String>),
    /// Whether a user moderates.
    Moderator(UserId, bool),
    /// Whether a user is silenced.
    Silenced(UserId, bool),
    /// A ban.
    Banned(UserId, UnixMillis),
    /// The passes and bans by now.
    Access(Vec<Pass>, Vec<Ban>),
    /// A new pass.
    Pass(PassCode, Pass),
    /// Of whom the user takes no invitations by now.
    Blocked(Vec<(UserId, UserName)>),
    /// Nothing: as much is kept as is taken.
    Full,
}
