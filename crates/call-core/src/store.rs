//! The browser's storage.

use protocol::http::SignedIn;
use protocol::{RoomName, SeatKey, UserName};

use crate::{ChatOwner, DeviceChoices, KeptChat};

/// An order to store something in the browser, load it or delete it.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreOrder {
    /// Store the session for the next visit.
    Session(SignedIn),
    /// Delete the stored session if it is this user's: another tab may have signed in to another account.
    ForgetSession(UserName),
    /// Store the room for the next visit.
    Room(RoomName),
    /// Store the seat, so that this page can resume it after a reload; `None` deletes it.
    Seat(Option<HeldSeat>),
    /// Store the user's device choices for the next visit.
    DeviceChoices(DeviceChoices),
    /// Store the draft and the unsent messages of a chat; deletes the entry when both are empty.
    KeepChat(ChatOwner, KeptChat),
    /// Load a stored chat; answer with `ChatRecalled`, if there is one.
    RecallChat(ChatOwner),
    /// Delete all stored chats of a user.
    ForgetChats(UserName),
}

/// A seat, and the room that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSeat {
    /// The room that the seat is in.
    pub room: RoomName,
    /// Proves to the server that this page holds the seat.
    pub key: SeatKey,
}
