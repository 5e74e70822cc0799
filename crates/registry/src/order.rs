//! Changes to be made on disk, and their results.

use std::time::Duration;

use protocol::{
    Ban, ParticipantId, Pass, PassCode, PassId, RoomChanges, RoomName, RoomSettings, UnixMillis, UserName,
};

use super::ids::{SocketId, UserId};

/// A change to be made on disk, or a query of what is stored.
#[derive(Clone, Debug)]
pub struct Order {
    /// The change or query.
    pub change: Change,
    /// The socket to notify if it fails.
    pub socket: SocketId,
    /// The room in which it was requested.
    pub room: RoomName,
    /// The participant who requested it.
    pub by: ParticipantId,
    /// The participant's user.
    pub user: UserId,
}

/// A change to be made on disk, or a query.
#[derive(Clone, Debug)]
pub enum Change {
    /// Changes of a room's settings, and the new password in clear, if any.
    Settings(RoomChanges, Option<String>),
    /// Whether a user is a moderator.
    Moderator(UserId, bool),
    /// Whether a user is silenced.
    Silenced(UserId, bool),
    /// Bans a user for a duration.
    Ban(UserId, Duration),
    /// Lifts a ban.
    LiftBan(UserName),
    /// Creates a pass that is valid for a duration.
    CreatePass(Duration),
    /// Revokes a pass.
    RevokePass(PassId),
    /// Changes nothing; queries the passes and bans.
    Access,
    /// Blocks invitations from another user.
    Block(UserId),
    /// Unblocks a user.
    Unblock(UserName),
}

/// The result of an [`Order`] on disk.
#[derive(Clone, Debug)]
pub enum Done {
    /// The room's settings, and the hash of its password.
    Settings(RoomSettings, Option<String>),
    /// Whether a user is a moderator.
    Moderator(UserId, bool),
    /// Whether a user is silenced.
    Silenced(UserId, bool),
    /// A user is banned until then.
    Banned(UserId, UnixMillis),
    /// The current passes and bans.
    Access(Vec<Pass>, Vec<Ban>),
    /// The secret of the new pass, and the pass.
    Pass(PassCode, Pass),
    /// The users whom the ordering user now blocks.
    Blocked(Vec<(UserId, UserName)>),
    /// Nothing changed: the limit of stored entries is reached.
    Full,
}
