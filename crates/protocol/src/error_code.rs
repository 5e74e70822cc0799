//! Why the server says no: one stable word each, the same over HTTP and over the socket.

use serde::{Deserialize, Serialize};

/// A refusal, as a word that clients can match on; the text for a person is the client's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    // Accounts and sessions, over HTTP.
    /// The user name is empty, too long, or holds a character that is not allowed.
    InvalidUserName,
    /// The password is shorter or longer than the limits.
    InvalidPassword,
    /// An account with this name exists, or with one that looks the same; or somebody in the room that a guest comes to.
    UserNameTaken,
    /// No account has this name and password together.
    WrongCredentials,
    /// Whoever runs the server has disabled the account.
    AccountDisabled,
    /// Nobody can make an account here but whoever runs the server.
    RegistrationClosed,
    /// An account can be made with an invite code only, and this is none that is good.
    InvalidInviteCode,
    /// The room, or the server, lets nobody in without an account.
    GuestsNotAdmitted,
    /// Too many attempts from one place, or with one account; try again later (`Retry-After` says when).
    TooManyAttempts,
    /// The session token is missing, unknown, or has expired: sign in again.
    NotSignedIn,
    /// The request's body is not what this address takes.
    MalformedRequest,
    /// There is nothing at this address.
    NotFound,
    /// The page that asks comes from an origin that this server does not serve.
    OriginNotAllowed,
    /// The server has as much work as it takes; try again soon.
    ServerBusy,
    /// The server failed, through no fault of the client.
    Internal,

    // The socket's handshake; the server closes the socket after each of these.
    /// The client speaks another version of the wire.
    UnsupportedVersion,
    /// The first message was not `hello`, or none came in time.
    HelloExpected,
    /// The room's name is empty, too long, or holds a character that is not allowed.
    InvalidRoomName,
    /// The session is another user's than `hello` said; ask whether to go on as that one.
    AnotherUser,
    /// The user already sits in this room in another page; ask, then say hello again with `take_over`.
    SeatOccupied,
    /// The room has as many participants as it takes.
    RoomFull,
    /// The room takes nobody new.
    RoomLocked,
    /// The room asks for a password, and `hello` had none.
    RoomPasswordRequired,
    /// The room's password is another.
    WrongRoomPassword,
    /// A moderator banned the user from the room for a while.
    Banned,
    /// A moderator turned the user away, who waited to be let in.
    EntryRefused,

    // The socket, after the handshake; the socket stays open.
    /// `hello` came a second time.
    AlreadyGreeted,
    /// The message has a name that the server does not know.
    UnknownMessage,
    /// The message is not JSON, or a field is missing or of the wrong type.
    MalformedMessage,
    /// Messages come faster than the server takes them; this one was dropped.
    RateLimited,
    /// Nobody in the room has this id.
    UnknownParticipant,
    /// The participant named is the sender.
    NotYourself,
    /// An invitation between these two is ringing already.
    AlreadyInvited,
    /// The two have a link already.
    AlreadyLinked,
    /// More invitations ring than one participant may have.
    TooManyInvitations,
    /// One of the two has as many links as a participant may have.
    TooManyLinks,
    /// No invitation with this id rings for the sender: it ended, or it is not the sender's to answer.
    UnknownInvitation,
    /// The two have no link, or it has another epoch by now.
    NotLinked,
    /// The conference has as many participants as it takes.
    ConferenceFull,
    /// The sender is in the conference already.
    AlreadyInConference,
    /// The sender is not in the conference.
    NotInConference,
    /// The chat line is empty.
    ChatEmpty,
    /// The chat line is longer than the limit.
    ChatTooLong,
    /// The sender waits to be let in, and is not in the room yet.
    NotAdmitted,
    /// The sender's role does not allow this, or not to that participant.
    NotAllowed,
    /// A moderator lets the sender write no lines.
    Silenced,
    /// The one asked takes no invitations of the sender.
    InvitationNotTaken,
    /// The one asked has declined, and was asked too often since.
    DeclinedTooOften,
    /// The password for the room is missing, too short or too long.
    InvalidRoomPassword,
    /// The room's size, or the time for which something is to last, is out of bounds.
    OutOfBounds,
    /// There are as many passes, bans or blocked people as the server keeps.
    TooManyKept,

    // Why the server closes a socket that had its handshake.
    /// The message was larger than the limit.
    MessageTooLarge,
    /// The same user took the seat over in another page.
    SeatTakenOver,
    /// A moderator put the user out of the room.
    Removed,
    /// The session ended: the user signed out.
    SessionEnded,
    /// The client read too slowly, and what waited for it outgrew its bound.
    TooSlow,
    /// Nothing was heard from the client for too long.
    Silent,
    /// Messages kept coming faster than the server takes them.
    Flooding,
    /// The server is stopping; try again shortly.
    ShuttingDown,
}

impl ErrorCode {
    /// The code as it stands on the wire, such as `not-linked`.
    pub fn as_str(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}
