//! Error codes: one stable code for each refusal, the same over HTTP and over the socket.

use serde::{Deserialize, Serialize};

/// A refusal as a code that clients can match on; clients write their own text for users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    // Accounts and sessions, over HTTP.
    /// The user name is empty, too long, or contains a disallowed character.
    InvalidUserName,
    /// The password is shorter or longer than the limits.
    InvalidPassword,
    /// The name belongs to an account, or looks like one that does; for a guest also: like one of a
    /// participant of the room.
    UserNameTaken,
    /// There is no account with this name and password.
    WrongCredentials,
    /// The server's operator disabled the account.
    AccountDisabled,
    /// Only the server's operator can create accounts.
    RegistrationClosed,
    /// Creating an account requires an invite code, and this one is missing or invalid.
    InvalidInviteCode,
    /// The room or the server does not admit guests.
    GuestsNotAdmitted,
    /// Too many attempts from one address or with one account; try again later (after `Retry-After`).
    TooManyAttempts,
    /// The session token is missing, unknown or expired: sign in again.
    NotSignedIn,
    /// The request's body is not valid for this path.
    MalformedRequest,
    /// There is nothing at this path.
    NotFound,
    /// The page's origin is not allowed on this server.
    OriginNotAllowed,
    /// The server is at capacity; try again soon.
    ServerBusy,
    /// The server failed; the client is not at fault.
    Internal,

    // The socket's handshake; the server closes the socket after each of these.
    /// The client uses another protocol version.
    UnsupportedVersion,
    /// The first message was not `hello`, or did not arrive in time.
    HelloExpected,
    /// The room name is empty, too long, or contains a disallowed character.
    InvalidRoomName,
    /// The session belongs to another user than the client named; ask whether to continue as that user.
    AnotherUser,
    /// The user is already in this room in another page; ask, then send `hello` with `take_over`.
    SeatOccupied,
    /// The room is full.
    RoomFull,
    /// The room admits no new participants.
    RoomLocked,
    /// The room requires a password, and `hello` had none.
    RoomPasswordRequired,
    /// The room's password is wrong.
    WrongRoomPassword,
    /// A moderator banned the user from the room for some time.
    Banned,
    /// A moderator turned the user away in the waiting room.
    EntryRefused,

    // The socket, after the handshake; the socket stays open.
    /// `hello` was sent a second time.
    AlreadyGreeted,
    /// The message has a name that the server does not know.
    UnknownMessage,
    /// The message is not JSON, or a field is missing or of the wrong type.
    MalformedMessage,
    /// Messages arrive faster than the server accepts them; this one was dropped.
    RateLimited,
    /// No participant of the room has this id.
    UnknownParticipant,
    /// The participant named is the sender.
    NotYourself,
    /// An invitation between the two is already ringing.
    AlreadyInvited,
    /// The two already have a link.
    AlreadyLinked,
    /// More invitations are ringing than one participant may have.
    TooManyInvitations,
    /// One of the two has the most links that a participant may have.
    TooManyLinks,
    /// No invitation with this id is ringing for the sender: it ended, or is not the sender's to answer.
    UnknownInvitation,
    /// The two have no link, or it has another epoch.
    NotLinked,
    /// The group call is full.
    ConferenceFull,
    /// The sender is already in the group call.
    AlreadyInConference,
    /// The sender is not in the group call.
    NotInConference,
    /// The chat message is blank.
    ChatEmpty,
    /// The chat message is longer than the limit.
    ChatTooLong,
    /// The sender is still in the waiting room.
    NotAdmitted,
    /// The sender's role does not allow this, or not for that participant.
    NotAllowed,
    /// A moderator forbade the sender to write to the chat.
    Silenced,
    /// The invitee blocked the sender.
    InvitationNotTaken,
    /// The invitee declined, and was invited too often since.
    DeclinedTooOften,
    /// The room's password is missing, too short or too long.
    InvalidRoomPassword,
    /// The room's size, or a duration, is out of bounds.
    OutOfBounds,
    /// The server's limit of passes, bans or blocked users is reached.
    TooManyKept,

    // Reasons why the server closes a socket after its handshake.
    /// The message was larger than the limit.
    MessageTooLarge,
    /// The same user took the seat over in another page.
    SeatTakenOver,
    /// A moderator removed the user from the room.
    Removed,
    /// The session ended: the user signed out.
    SessionEnded,
    /// The client read too slowly, and its outgoing queue reached its limit.
    TooSlow,
    /// The server received nothing from the client for too long.
    Silent,
    /// The client kept exceeding the rate limit.
    Flooding,
    /// The server is shutting down; try again shortly.
    ShuttingDown,
}

impl ErrorCode {
    /// Returns the code as on the wire, such as `not-linked`.
    pub fn as_str(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}
