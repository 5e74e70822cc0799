//! Entering and leaving rooms.

/// What the user wants from a room as a whole.
#[derive(Clone, PartialEq, Eq)]
pub enum RoomIntent {
    /// Enter a room by its name as typed; the user is signed in.
    Enter(String),
    /// Enter the room whose preview is shown.
    EnterPrepared,
    /// Leave the room and every call in it.
    Leave,
    /// Answer whether to leave the call by the browser's back or forward button (`true`), or to stay.
    LeaveByHistory(bool),
    /// Take over the seat in the room from another page of the user.
    TakeSeatOver,
    /// Retry now to reach the server, or to enter the room that refused.
    Retry,
    /// Enter the room with this password, as typed.
    GivePassword(String),
}
