//! Entering and leaving rooms.

/// What the user wants of a room as a whole.
#[derive(Clone, PartialEq, Eq)]
pub enum RoomIntent {
    /// Enter a room, as its name is typed; the user is signed in.
    Enter(String),
    /// Enter the room that the preview stands before.
    EnterPrepared,
    /// Leave the room, and every call in it.
    Leave,
    /// Leave the call as the browser's back or forward button asked (`true`), or stay.
    LeaveByHistory(bool),
    /// Enter the room here although another page of the same user has the seat.
    TakeSeatOver,
    /// Try at once to reach the server again, or to enter the room that refused.
    Retry,
    /// Enter the room that asks for a password with this one, as typed.
    GivePassword(String),
}
