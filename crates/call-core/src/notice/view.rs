//! The notices as they are shown.

use protocol::{ErrorCode, ParticipantId, Role, RoomSettings, UserName};

use crate::{Device, LinkTrouble, MediaError, NoticeId, ScreenError};

/// A notice for the user, until it is dismissed or expires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Id of the notice.
    pub id: NoticeId,
    /// Content of the notice.
    pub body: NoticeBody,
}

/// Content of a notice; each has its own text and, where there is one, a remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeBody {
    /// The user's invitation ended without a call.
    InvitationEnded {
        /// Name of the invited user.
        name: UserName,
        /// Their seat, to invite them again, if they are in the room.
        peer: Option<ParticipantId>,
        /// How it ended: declined, timed out, or withdrawn because they left.
        outcome: protocol::InvitationOutcome,
    },
    /// An invitation to the user ended before it was answered.
    InvitationMissed {
        /// Name of the inviting user.
        name: UserName,
        /// Their seat, to invite them back, if they are in the room.
        peer: Option<ParticipantId>,
        /// How it ended: cancelled, timed out, or withdrawn because they left.
        outcome: protocol::InvitationOutcome,
    },
    /// The peer ended the call.
    CallEnded {
        /// Name of the peer.
        name: UserName,
        /// Reason for the end.
        reason: protocol::LinkCloseReason,
    },
    /// The server lost the user's seat, for example by a restart, and with it a call; the remedy is to invite again.
    CallLost {
        /// Name of the peer.
        name: UserName,
        /// Their seat, to invite them again, if they are in the room.
        peer: Option<ParticipantId>,
    },
    /// A connection failed for good; the remedy is to retry.
    LinkFailed {
        /// Name of the peer.
        name: UserName,
        /// Seat of the peer.
        peer: ParticipantId,
        /// Reason of the failure.
        trouble: LinkTrouble,
    },
    /// A device cannot be opened; the remedy depends on the error.
    Media {
        /// Camera or microphone.
        device: Device,
        /// Why it failed.
        error: MediaError,
    },
    /// The camera or microphone stopped by itself, and there is no other.
    DeviceLost(Device),
    /// The screen cannot be shared; not shown when the user cancelled.
    Screen(ScreenError),
    /// A device stopped by itself, and another replaced it.
    DeviceReplaced {
        /// Name of the device that stopped.
        gone: String,
        /// Name of the device that is used now.
        now: String,
    },
    /// The device that the user chose could not be opened; the previous one stays.
    DeviceKept(Device),
    /// The system has a new default device with this name, and the page uses it.
    DeviceFollowed(String),
    /// The system mutes a device that is on.
    MutedBySystem(Device),
    /// The call has more people than this device and its network carry good pictures to.
    TooManyVideos {
        /// For how many it would be comfortable.
        people: usize,
    },
    /// The user talks while muted.
    TalkingWhileMuted,
    /// A moderator muted the user's microphone.
    Muted {
        /// Name of the moderator.
        by: UserName,
    },
    /// A moderator muted another participant's microphone.
    ParticipantMuted {
        /// Name of the muted participant.
        name: UserName,
        /// Name of the moderator.
        by: UserName,
    },
    /// The user has this role now.
    RoleChanged(Role),
    /// A moderator muted the user in the chat (`true`), or unmuted them.
    Silenced(bool),
    /// A moderator changed the room's settings.
    RoomChanged {
        /// Name of the moderator.
        by: UserName,
        /// The new settings.
        settings: RoomSettings,
    },
    /// The user banned a person, which can be undone.
    Banned {
        /// Name of the banned user.
        name: UserName,
        /// Duration of the ban, in minutes.
        minutes: u32,
    },
    /// The server refused a request that has no form or chat line to show the error.
    Refused(ErrorCode),
    /// The socket is reconnecting, and the request needs the server.
    Offline,
    /// The list of STUN and TURN servers could not be loaded; calls across networks may fail.
    NoIceServers,
    /// The server sends messages that this page does not understand; the page has to be reloaded.
    Outdated,
}
