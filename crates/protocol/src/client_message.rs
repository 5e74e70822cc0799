//! Messages that a client sends to the server over the socket.

use serde::{Deserialize, Serialize};

use crate::{
    Epoch, InvitationId, MessageId, Nonce, ParticipantId, PassCode, PassId, RoomChanges, SeatKey,
    SessionToken, SignalEnvelope, UserName,
};

/// A message from client to server.
///
/// `S` is the body of a signal: [`SignalEnvelope`] for a client; the server uses `Box<RawValue>` and relays the text
/// unparsed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientMessage<S = SignalEnvelope> {
    /// Opens the session. Must be the first message, and is sent only once.
    Hello(Hello),
    /// Heartbeat; the server answers with `pong`.
    Ping {},
    /// Leaves the room for good; the server closes the socket.
    Leave {},
    /// Invites another participant to a call.
    Invite {
        /// The participant to invite.
        to: ParticipantId,
    },
    /// Cancels an invitation that the client sent.
    CancelInvitation {
        /// The invitation to cancel.
        invitation: InvitationId,
    },
    /// Accepts an invitation; a link opens.
    AcceptInvitation {
        /// The invitation to accept.
        invitation: InvitationId,
    },
    /// Declines an invitation.
    DeclineInvitation {
        /// The invitation to decline.
        invitation: InvitationId,
    },
    /// The page is being closed or reloaded: if the socket closes now, the seat is held only for
    /// [`crate::limits::CLOSED_SEAT_GRACE`]. Any later message cancels this.
    Closing {},
    /// Joins the room's group call; a link opens with each member.
    JoinConference {},
    /// Leaves the group call; links that no invitation keeps open are closed.
    LeaveConference {},
    /// Closes the link with one participant, whether it came from an invitation, the group call, or both.
    HangUp {
        /// The other participant.
        peer: ParticipantId,
    },
    /// Requests a new epoch of a link whose connection could not be recovered.
    RestartLink {
        /// The other participant.
        peer: ParticipantId,
        /// The epoch that failed; the request has no effect if the link has a newer one.
        epoch: Epoch,
    },
    /// Sends a signal about their connection to a linked participant.
    Signal {
        /// The recipient, linked with the sender.
        to: ParticipantId,
        /// The link's epoch that the signal belongs to.
        epoch: Epoch,
        /// The signal; the server does not parse it.
        signal: S,
    },
    /// Sends a message to the room's chat.
    SendChat {
        /// The message: 1 to [`crate::limits::CHAT_CHARS`] characters, at least one of them visible.
        text: String,
        /// Makes a retransmission safe: the server accepts each nonce of a user once.
        nonce: Nonce,
    },
    /// Fetches the page of history before a message.
    FetchHistory {
        /// The oldest message that the client has.
        before: MessageId,
    },
    /// Admits a user from the waiting room (moderators).
    AdmitNewcomer {
        /// The waiting user.
        newcomer: ParticipantId,
    },
    /// Turns a user in the waiting room away (moderators).
    RefuseNewcomer {
        /// The waiting user.
        newcomer: ParticipantId,
    },
    /// Changes the room's settings (moderators).
    ChangeRoom {
        /// The settings to change.
        settings: RoomChanges,
        /// The new password; if absent, the password stays as it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<String>,
    },
    /// Fetches the room's passes and bans (moderators).
    FetchRoomAccess {},
    /// Creates a pass (moderators).
    CreatePass {
        /// How long the pass is valid, in minutes.
        minutes: u32,
    },
    /// Revokes a pass (moderators).
    RevokePass {
        /// The pass to revoke.
        pass: PassId,
    },
    /// Makes a participant a moderator, or an ordinary participant again (owner).
    SetModerator {
        /// The participant to promote or demote.
        participant: ParticipantId,
        /// `true` for moderator, `false` for ordinary participant.
        moderator: bool,
    },
    /// Asks a participant's page to mute the microphone (moderators).
    MuteParticipant {
        /// The participant to mute.
        participant: ParticipantId,
    },
    /// Forbids a participant to write to the chat, or allows it again (moderators).
    SilenceParticipant {
        /// The participant whose chat messages are forbidden or allowed.
        participant: ParticipantId,
        /// `true` to forbid, `false` to allow.
        silenced: bool,
    },
    /// Removes a participant from the room; the user may come back (moderators).
    RemoveParticipant {
        /// The participant to remove.
        participant: ParticipantId,
    },
    /// Bans a participant from the room for some time (moderators).
    BanParticipant {
        /// The participant to ban.
        participant: ParticipantId,
        /// Duration of the ban, in minutes.
        minutes: u32,
    },
    /// Lifts a ban (moderators).
    LiftBan {
        /// The banned user.
        name: UserName,
    },
    /// Blocks invitations from a participant's user.
    BlockPerson {
        /// The participant to block.
        participant: ParticipantId,
    },
    /// Unblocks a user.
    UnblockPerson {
        /// The blocked user.
        name: UserName,
    },
}

/// The first message: identifies the user and names the room to join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The protocol version, [`crate::VERSION`].
    pub version: u32,
    /// The session token; absent from the server's own page, which sends a cookie when it opens the socket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<SessionToken>,
    /// The user that the client believes to be signed in as; refused with [`crate::ErrorCode::AnotherUser`]
    /// if the session is another user's. In a browser, another tab may have signed in to another account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<UserName>,
    /// The room's name, as typed; see [`crate::RoomName`].
    pub room: String,
    /// The seat to resume after the socket broke; if it no longer exists, the client gets a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatKey>,
    /// Whether to take the seat over from another page of the same user.
    #[serde(default)]
    pub take_over: bool,
    /// The room's password, if it requires one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Code of a pass to the room, from an invite link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<PassCode>,
}
