//! What a client tells the server over the socket.

use serde::{Deserialize, Serialize};

use crate::{
    Epoch, InvitationId, MessageId, Nonce, Parcel, ParticipantId, PassCode, PassId, RoomChanges, SeatKey,
    SessionToken, UserName,
};

/// A message from client to server.
///
/// `S` is the body of a signal: [`Parcel`] for a client; the server takes `Box<RawValue>` and relays
/// the text as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientMessage<S = Parcel> {
    /// Opens the conversation; must be the first message, and only that.
    Hello(Hello),
    /// Asks for a `pong`: is the socket alive?
    Ping {},
    /// Leaves the room for good; the server closes the socket.
    Leave {},
    /// Asks another participant to talk.
    Invite {
        /// The one asked.
        to: ParticipantId,
    },
    /// Takes back an invitation of one's own.
    CancelInvitation {
        /// Which.
        invitation: InvitationId,
    },
    /// Says yes to an invitation: a link opens.
    AcceptInvitation {
        /// Which.
        invitation: InvitationId,
    },
    /// Says no to an invitation.
    DeclineInvitation {
        /// Which.
        invitation: InvitationId,
    },
    /// The page is being closed, or loaded anew: when the socket ends now, the seat waits for [`crate::limits::CLOSED_SEAT_GRACE`]
    /// alone. Whatever is said after it takes it back.
    Closing {},
    /// Enters the room's conference: a link opens with each of its members.
    JoinConference {},
    /// Leaves the conference; links that have no other reason close.
    LeaveConference {},
    /// Ends the link with one participant, whatever its reasons.
    HangUp {
        /// The other.
        peer: ParticipantId,
    },
    /// Asks for a new epoch of a link whose connection cannot be mended.
    RestartLink {
        /// The other.
        peer: ParticipantId,
        /// The epoch that failed; when the link has a newer one already, nothing happens.
        epoch: Epoch,
    },
    /// Tells a linked participant something about the connection between the two.
    Signal {
        /// The other.
        to: ParticipantId,
        /// The link's epoch that it belongs to.
        epoch: Epoch,
        /// What to tell; the server does not read it.
        signal: S,
    },
    /// Writes a line to the room's chat.
    SendChat {
        /// The line.
        text: String,
        /// Makes it safe to send the line again: the same nonce of the same user is taken once.
        nonce: Nonce,
    },
    /// Asks for the page of history before a message.
    FetchHistory {
        /// The oldest message that the client has.
        before: MessageId,
    },
    /// A moderator lets somebody in who waits.
    AdmitNewcomer {
        /// Whom.
        newcomer: ParticipantId,
    },
    /// A moderator turns somebody away who waits.
    RefuseNewcomer {
        /// Whom.
        newcomer: ParticipantId,
    },
    /// A moderator changes the room.
    ChangeRoom {
        /// What is to be different.
        settings: RoomChanges,
        /// A new password; the room keeps the one that it has when there is none here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<String>,
    },
    /// A moderator asks who may come in by a pass, and who not for a ban.
    FetchRoomAccess {},
    /// A moderator makes a pass.
    CreatePass {
        /// How long it is good.
        minutes: u32,
    },
    /// A moderator ends a pass.
    RevokePass {
        /// Which.
        pass: PassId,
    },
    /// The owner makes somebody a moderator, or a participant again.
    SetModerator {
        /// Whom.
        participant: ParticipantId,
        /// Which of the two.
        moderator: bool,
    },
    /// A moderator asks somebody's page to mute the microphone.
    MuteParticipant {
        /// Whose.
        participant: ParticipantId,
    },
    /// A moderator lets somebody write to the chat no more, or again.
    SilenceParticipant {
        /// Whom.
        participant: ParticipantId,
        /// Which of the two.
        silenced: bool,
    },
    /// A moderator puts somebody out of the room, who may come back.
    RemoveParticipant {
        /// Whom.
        participant: ParticipantId,
    },
    /// A moderator puts somebody out of the room for a while.
    BanParticipant {
        /// Whom.
        participant: ParticipantId,
        /// For how long.
        minutes: u32,
    },
    /// A moderator ends a ban.
    LiftBan {
        /// Whose.
        name: UserName,
    },
    /// Takes no invitations of somebody any more.
    BlockPerson {
        /// Whose.
        participant: ParticipantId,
    },
    /// Takes invitations of somebody again.
    UnblockPerson {
        /// Whose.
        name: UserName,
    },
}

/// Who comes, and where to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// [`crate::VERSION`].
    pub version: u32,
    /// From signing in; absent from the server's own page, whose cookie came with the socket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<SessionToken>,
    /// Whom the client takes its user for; a session of somebody else is not used. In a browser, another tab may have signed
    /// in to another account since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<UserName>,
    /// The room's name, as typed; see [`crate::RoomName`].
    pub room: String,
    /// The seat to come back to after a broken socket; when it is gone, the client gets a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatKey>,
    /// Whether to take the seat from another page of the same user that holds it.
    #[serde(default)]
    pub take_over: bool,
    /// The room's password, where it asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// A pass to the room, as it stands in a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<PassCode>,
}
