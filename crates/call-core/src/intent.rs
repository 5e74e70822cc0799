//! What the user wants, as a component dispatches it: one enum for each feature, matched exhaustively by
//! the code of that feature.

use std::fmt;

use crate::nesting::from_features;
use crate::{
    AccountIntent, Act, CallIntent, ChatIntent, DeviceIntent, DoorIntent, LabIntent, NoticeIntent,
    RoomIntent, ScreenIntent, StageIntent,
};

/// Something that the user wants.
#[derive(Clone, PartialEq)]
pub enum Intent {
    /// To sign in or out.
    Door(DoorIntent),
    /// To change the account.
    Account(AccountIntent),
    /// To enter or leave a room.
    Room(RoomIntent),
    /// To begin, answer or end a call.
    Call(CallIntent),
    /// To share the screen, or to stop.
    Screen(ScreenIntent),
    /// To turn devices on or off, or to choose others.
    Devices(DeviceIntent),
    /// To see or hear the call in another way.
    Stage(StageIntent),
    /// To write or read messages.
    Chat(ChatIntent),
    /// To moderate participants or the room, or to block a participant.
    Moderate(Act),
    /// To test devices or the connection.
    Lab(LabIntent),
    /// To decide about notices and notifications.
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
    Moderate(Act),
    Lab(LabIntent),
    Notices(NoticeIntent),
);

impl fmt::Debug for Intent {
    /// Leaves out what was typed: some of it is a password.
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
