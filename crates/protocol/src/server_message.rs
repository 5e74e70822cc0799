//! Messages that the server sends to a client over the socket.

use serde::{Deserialize, Serialize};

use crate::http::SessionInfo;
use crate::{
    Ban, ChatMessage, Epoch, ErrorCode, InvitationId, Nonce, ParticipantId, Pass, PassCode, Role, RoomName,
    RoomSettings, SeatKey, SignalEnvelope, UnixMillis, UserName,
};

/// A message from server to client; `S` as in [`crate::ClientMessage`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerMessage<S = SignalEnvelope> {
    /// Answers `hello` with a snapshot of the room.
    Welcome(Box<Welcome>),
    /// Answers `hello` if a moderator must admit the client first; `welcome` or `bye` follows.
    Waiting {
        /// The room that the client waits to enter.
        room: RoomName,
    },
    /// Answers `ping`.
    Pong {},
    /// Another user joined the room.
    ParticipantJoined {
        /// The new participant.
        participant: Participant,
    },
    /// A participant's socket broke; the seat is held for its page, with its links and invitations.
    ParticipantAway {
        /// The participant who is away.
        participant: ParticipantId,
    },
    /// A participant who was away is back.
    ParticipantBack {
        /// The participant who is back.
        participant: ParticipantId,
    },
    /// A participant left; their invitations and links were ended before this message.
    ParticipantLeft {
        /// The participant who left.
        participant: ParticipantId,
    },
    /// A participant's role changed, or whether they may write to the chat.
    ParticipantChanged {
        /// The participant's new state.
        participant: Participant,
    },
    /// A moderator asks a participant's page to mute the microphone; sent to all participants.
    ParticipantMuted {
        /// The participant to mute.
        participant: ParticipantId,
        /// The moderator who mutes.
        by: ParticipantId,
    },
    /// A user is in the waiting room; sent to moderators.
    NewcomerWaiting {
        /// The waiting user. The id is not that of the later seat.
        newcomer: Participant,
    },
    /// A user is no longer in the waiting room: admitted, turned away, or gone; sent to moderators.
    NewcomerGone {
        /// The user who waited.
        newcomer: ParticipantId,
    },
    /// A moderator, possibly the client itself, changed the room's settings.
    RoomChanged {
        /// The new settings.
        settings: RoomSettings,
        /// The moderator who changed them.
        by: ParticipantId,
    },
    /// Answers `fetch-room-access`, `revoke-pass` and `lift-ban`.
    RoomAccess {
        /// The valid passes.
        passes: Vec<Pass>,
        /// The bans in force.
        bans: Vec<Ban>,
    },
    /// Answers `create-pass`.
    PassCreated {
        /// The secret of the pass; sent only once.
        code: PassCode,
        /// The pass as listed later.
        pass: Pass,
    },
    /// The users whom the client's user blocks; replaces the earlier list.
    Blocked {
        /// Names of the blocked users.
        names: Vec<UserName>,
    },
    /// An invitation started ringing; sent to both ends.
    InvitationRinging {
        /// The new invitation.
        invitation: Invitation,
    },
    /// An invitation ended; sent to both ends.
    InvitationEnded {
        /// The invitation that ended.
        invitation: InvitationId,
        /// How it ended.
        outcome: InvitationOutcome,
    },
    /// The client may connect to a peer; replaces an earlier link with the same peer.
    LinkOpened {
        /// The peer and the epoch.
        link: Link,
    },
    /// The client may no longer connect to a peer.
    LinkClosed {
        /// The link that closed.
        link: Link,
        /// Why it closed.
        reason: LinkCloseReason,
    },
    /// A participant, possibly the client itself, joined the group call.
    ConferenceJoined {
        /// The participant who joined.
        participant: ParticipantId,
    },
    /// A participant, possibly the client itself, left the group call.
    ConferenceLeft {
        /// The participant who left.
        participant: ParticipantId,
    },
    /// A signal from a linked peer.
    Signal {
        /// The sender; stamped by the server.
        from: ParticipantId,
        /// The link's epoch that the signal belongs to.
        epoch: Epoch,
        /// The signal, as the peer sent it.
        signal: S,
    },
    /// A new message in the room's chat, already stored on the server's disk.
    Chat {
        /// The new message.
        message: ChatMessage,
    },
    /// Answers `fetch-history`.
    History {
        /// The messages, oldest first.
        messages: Vec<ChatMessage>,
        /// Whether there are no earlier messages.
        complete: bool,
    },
    /// The server refused a message of the client; the socket stays open.
    Error {
        /// Why the message was refused.
        code: ErrorCode,
        /// What the refused message concerned, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<Subject>,
    },
    /// The last message before the server closes the socket.
    Bye {
        /// Why the socket is closed.
        code: ErrorCode,
        /// How long to wait before reconnecting, in milliseconds, if the server asks for that; like HTTP's
        /// `Retry-After`, which a page cannot read when its upgrade is refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u32>,
        /// When the reason ends, if it is temporary (a ban).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<UnixMillis>,
        /// The user of the session, with [`ErrorCode::AnotherUser`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<SessionInfo>,
    },
}

/// What a refused message concerned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The participant named in the message.
    Participant(ParticipantId),
    /// The invitation named in the message.
    Invitation(InvitationId),
    /// The chat message sent with this nonce.
    Nonce(Nonce),
}

/// Snapshot of the room for a client that joins it or resumes its seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The protocol version that the server uses.
    pub version: u32,
    /// The room's name.
    pub room: RoomName,
    /// The client's own seat.
    pub you: ParticipantId,
    /// Key to resume the seat after the socket broke.
    pub seat: SeatKey,
    /// Whether this is the seat that the client asked to resume; if so, its links continue.
    pub resumed: bool,
    /// All participants including the client, in the order in which they joined.
    pub participants: Vec<Participant>,
    /// Members of the group call.
    pub conference: Vec<ParticipantId>,
    /// Ringing invitations from and to the client.
    pub invitations: Vec<Invitation>,
    /// The client's links.
    pub links: Vec<Link>,
    /// The newest page of the room's history, oldest message first.
    pub messages: Vec<ChatMessage>,
    /// Whether there are no messages before those.
    pub history_complete: bool,
    /// The room's settings.
    #[serde(default)]
    pub settings: RoomSettings,
    /// The greatest size that moderators may set; [`crate::limits::ROOM_PARTICIPANTS`] if absent.
    #[serde(default = "usual_size", skip_serializing_if = "is_usual_size")]
    pub largest_size: u32,
    /// Users in the waiting room; empty unless the client is a moderator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub newcomers: Vec<Participant>,
    /// The users whom the client's user blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<UserName>,
}

impl Welcome {
    /// Returns a welcome to an empty room.
    pub fn new(room: RoomName, you: ParticipantId, seat: SeatKey) -> Self {
        Self {
            version: crate::VERSION,
            room,
            you,
            seat,
            resumed: false,
            participants: Vec::new(),
            conference: Vec::new(),
            invitations: Vec::new(),
            links: Vec::new(),
            messages: Vec::new(),
            history_complete: true,
            settings: RoomSettings::default(),
            largest_size: usual_size(),
            newcomers: Vec::new(),
            blocked: Vec::new(),
        }
    }
}

fn usual_size() -> u32 {
    RoomSettings::default().size
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_usual_size(size: &u32) -> bool {
    *size == usual_size()
}

/// A participant: a user with a seat in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Id of the seat.
    pub id: ParticipantId,
    /// The user's name.
    pub name: UserName,
    /// The participant's role in this room.
    #[serde(default, skip_serializing_if = "Role::is_participant")]
    pub role: Role,
    /// Whether a moderator forbade the participant to write to the chat.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub silenced: bool,
    /// Whether the participant's socket broke and the seat is held.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub away: bool,
    /// Whether the user is a guest, without an account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
}

impl Participant {
    /// Returns a present participant without special role or state.
    pub fn new(id: ParticipantId, name: UserName) -> Self {
        Self {
            id,
            name,
            role: Role::Participant,
            silenced: false,
            away: false,
            guest: false,
        }
    }
}

/// An invitation of one participant to another for a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Identifies the invitation.
    pub id: InvitationId,
    /// The inviter.
    pub from: ParticipantId,
    /// The invitee.
    pub to: ParticipantId,
    /// How much longer it rings, in milliseconds.
    pub rings_for_ms: u32,
}

/// How an invitation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvitationOutcome {
    /// The invitee accepted, or sent an invitation back.
    Accepted,
    /// The invitee declined.
    Declined,
    /// The inviter cancelled it.
    Cancelled,
    /// The invitee did not answer in time.
    TimedOut,
    /// One of the two left the room.
    Withdrawn,
}

/// The permission for two participants to keep one connection, which each then does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The other participant.
    pub peer: ParticipantId,
    /// The epoch of the connection.
    pub epoch: Epoch,
}

/// Why a link closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkCloseReason {
    /// One of the two hung up.
    HungUp,
    /// One of the two left the group call, and no invitation kept the link open.
    ConferenceLeft,
    /// One of the two left the room.
    ParticipantLeft,
    /// A moderator removed one of the two from the room.
    Removed,
}
