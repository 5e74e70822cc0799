//! What is kept in the browser.

use protocol::http::SignedIn;
use protocol::{RoomName, SeatKey, UserName};

use crate::{ChatOwner, DeviceChoices, KeptChat};

/// What to keep there, or to forget.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreOrder {
    /// Keep the session for the next visit.
    Session(SignedIn),
    /// Forget the session that is kept, if it is this user's: another tab may have signed in to another account.
    ForgetSession(UserName),
    /// Keep the room for the next visit.
    Room(RoomName),
    /// Keep the seat for this page should it be loaded anew, or forget it.
    Seat(Option<HeldSeat>),
    /// Keep what the user chose of devices for the next visit.
    DeviceChoices(DeviceChoices),
    /// Keep what of a chat is not sent; what is empty is forgotten.
    KeepChat(ChatOwner, KeptChat),
    /// Answer with `ChatRecalled`, if anything is kept.
    RecallChat(ChatOwner),
    /// Forget what is kept of a user's chats.
    ForgetChats(UserName),
}

/// A seat, and the room that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSeat {
    /// Where.
    pub room: RoomName,
    /// The proof of holding it.
    pub key: SeatKey,
}
