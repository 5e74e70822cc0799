//! User intents, as components dispatch them: one enum per feature, which the code of that feature matches
//! exhaustively.

use std::fmt;

use crate::nesting::from_features;
use crate::{
    AccountIntent, CallIntent, ChatIntent, DeviceIntent, DoorIntent, LabIntent, ModerationAction,
    NoticeIntent, RoomIntent, ScreenIntent, StageIntent,
};

/// An action that the user asks for.
#[derive(Clone, PartialEq)]
pub enum Intent {
    /// Sign in or out.
    Door(DoorIntent),
    /// Manage the account.
    Account(AccountIntent),
    /// Enter or leave a room.
    Room(RoomIntent),
    /// Start, answer or end a call.
    Call(CallIntent),
    /// Share the screen, or stop sharing.
    Screen(ScreenIntent),
    /// Turn devices on or off, or choose others.
    Devices(DeviceIntent),
    /// Change how the call is laid out or heard.
    Stage(StageIntent),
    /// Write or read chat messages.
    Chat(ChatIntent),
    /// Moderate participants or the room, or block a participant.
    Moderate(ModerationAction),
    /// Test devices or the connection.
    Lab(LabIntent),
    /// Dismiss a notice, or allow notifications.
    Notices(NoticeIntent),
}

from_features!(
    Intent:
    Door(DoorIntent),
    Account(AccountIntent),
    Room(RoomIntent),
    Call(CallIntent),
    Screen(ScreenIntent),
    Devices(DeviceIntent),
    Stage(StageIntent),
    Chat(ChatIntent),
    Moderate(ModerationAction),
    Lab(LabIntent),
    Notices(NoticeIntent),
);

impl fmt::Debug for Intent {
    /// Omits typed text, which may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Door(_) => f.write_str("Door(..)"),
            Self::Account(_) => f.write_str("Account(..)"),
            Self::Room(_) => f.write_str("Room(..)"),
            Self::Chat(_) => f.write_str("Chat(..)"),
            Self::Moderate(_) => f.write_str("Moderate(..)"),
            Self::Call(intent) => intent.fmt(f),
            Self::Screen(intent) => intent.fmt(f),
            Self::Devices(intent) => intent.fmt(f),
            Self::Stage(intent) => intent.fmt(f),
            Self::Lab(intent) => intent.fmt(f),
            Self::Notices(intent) => intent.fmt(f),
        }
    }
}
