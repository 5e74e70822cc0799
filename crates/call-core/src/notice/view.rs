//! What the user is told in notices.

use protocol::{ErrorCode, ParticipantId, Role, RoomSettings, UserName};

use crate::{Device, LinkTrouble, MediaError, NoticeId, ScreenError};

/// Something that the user should know, until it is put away or has been seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// What.
    pub body: NoticeBody,
}

/// What a notice says; each has its own words and, where there is one, a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeBody {
    /// The user's invitation ended without a call.
    InvitationEnded {
        /// Whom the user had asked.
        name: UserName,
        /// Their seat, to be invited again, if they are in the room.
        peer: Option<ParticipantId>,
        /// How: declined, timed out, or withdrawn because they left.
        outcome: protocol::InvitationOutcome,
    },
    /// An invitation for the user ended before it was answered.
    InvitationMissed {
        /// Who had asked.
        name: UserName,
        /// Their seat, to be invited back, if they are in the room.
        peer: Option<ParticipantId>,
        /// How: cancelled, timed out, or withdrawn because they left.
        outcome: protocol::InvitationOutcome,
    },
    /// The other end of a call ended it.
    CallEnded {
        /// The other.
        name: UserName,
        /// Why.
        reason: protocol::LinkCloseReason,
    },
    /// The server lost the user's seat, as when it is restarted, and a call with it; the way out is to ask again.
    CallLost {
        /// The other.
        name: UserName,
        /// Their seat, to be invited again, if they are in the room.
        peer: Option<ParticipantId>,
    },
    /// A connection could not be made or mended; the way out is to try again.
    LinkFailed {
        /// With whom.
        name: UserName,
        /// Their seat.
        peer: ParticipantId,
        /// Why.
        trouble: LinkTrouble,
    },
    /// A device is not to be had, or was lost; the way out depends on why.
    Media {
        /// Which.
        device: Device,
        /// Why.
        error: MediaError,
    },
    /// The camera or microphone stopped by itself, and there is no other.
    DeviceLost(Device),
    /// The screen cannot be shared; never that the user chose not to.
    Screen(ScreenError),
    /// It stopped by itself, and another took its place.
    DeviceReplaced {
        /// The name of the one that went.
        gone: String,
        /// The name of the one that is used now.
        now: String,
    },
    /// The one that the user chose could not be opened; the one before it stays.
    DeviceKept(Device),
    /// The system prefers another device now, whose name this is, and the page uses it.
    DeviceFollowed(String),
    /// The system mutes a device that is on.
    MutedBySystem(Device),
    /// The user is muted, and talks.
    TalkingWhileMuted,
    /// A moderator muted the user's microphone.
    Muted {
        /// Who.
        by: UserName,
    },
    /// A moderator muted somebody else's.
    ParticipantMuted {
        /// Whose.
        name: UserName,
        /// Who.
        by: UserName,
    },
    /// The user has another role.
    RoleChanged(Role),
    /// A moderator lets the user write no lines, or again.
    Silenced(bool),
    /// A moderator changed the room.
    RoomChanged {
        /// Who.
        by: UserName,
        /// What it is now.
        settings: RoomSettings,
    },
    /// The user banned somebody, which can be undone.
    Banned {
        /// Whom.
        name: UserName,
        /// For how long.
        minutes: u32,
    },
    /// The server refused something that no form or line stands for.
    Refused(ErrorCode),
    /// The socket is being opened again; what was asked for needs the server.
    Offline,
    /// The addresses of STUN and TURN servers could not be had; calls may fail across networks.
    NoIceServers,
    /// The server says things that this page does not understand: load it anew.
    Outdated,
}
