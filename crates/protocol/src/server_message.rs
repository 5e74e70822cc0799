//! What the server tells a client over the socket.

use serde::{Deserialize, Serialize};

use crate::http::SessionInfo;
use crate::{
    Ban, ChatMessage, Epoch, ErrorCode, InvitationId, Nonce, Parcel, ParticipantId, Pass, PassCode, Role,
    RoomName, RoomSettings, SeatKey, UnixMillis, UserName,
};

/// A message from server to client; `S` as in [`crate::ClientMessage`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerMessage<S = Parcel> {
    /// Answers `hello`: all that the client needs to know of the room.
    Welcome(Box<Welcome>),
    /// Answers `hello` when a moderator has to let the client in: `welcome` follows then, or `bye`.
    Waiting {
        /// The room.
        room: RoomName,
    },
    /// Answers `ping`.
    Pong {},
    /// Somebody else took a seat.
    ParticipantJoined {
        /// Who.
        participant: Participant,
    },
    /// A participant's socket broke; the seat waits for its page, with all that hangs on it.
    ParticipantAway {
        /// Whose.
        participant: ParticipantId,
    },
    /// A participant who was away is here again.
    ParticipantBack {
        /// Who.
        participant: ParticipantId,
    },
    /// A seat was given up; the participant's invitations and links have ended before this.
    ParticipantLeft {
        /// Who.
        participant: ParticipantId,
    },
    /// A participant has another role, or may write to the chat or not.
    ParticipantChanged {
        /// As it is now.
        participant: Participant,
    },
    /// A participant's microphone is to be muted, by the participant's own page; told to everybody.
    ParticipantMuted {
        /// Whose.
        participant: ParticipantId,
        /// Who wants it.
        by: ParticipantId,
    },
    /// Somebody waits to be let in; told to moderators.
    NewcomerWaiting {
        /// Who. The id is not the one of the seat to come.
        newcomer: Participant,
    },
    /// Somebody waits no longer: let in, turned away, or gone; told to moderators.
    NewcomerGone {
        /// Who.
        newcomer: ParticipantId,
    },
    /// A moderator, perhaps the client itself, changed the room.
    RoomChanged {
        /// As it is now.
        settings: RoomSettings,
        /// Who.
        by: ParticipantId,
    },
    /// Answers `fetch-room-access`, `revoke-pass` and `lift-ban`.
    RoomAccess {
        /// The passes that are good.
        passes: Vec<Pass>,
        /// The bans that last.
        bans: Vec<Ban>,
    },
    /// Answers `create-pass`.
    PassCreated {
        /// What it is known by; told this once.
        code: PassCode,
        /// What is told of it later.
        pass: Pass,
    },
    /// Of whom the user takes no invitations, by now.
    Blocked {
        /// By name.
        names: Vec<UserName>,
    },
    /// An invitation rings; told to both of its ends.
    InvitationRinging {
        /// Which.
        invitation: Invitation,
    },
    /// An invitation ended; told to both of its ends.
    InvitationEnded {
        /// Which.
        invitation: InvitationId,
        /// How.
        outcome: InvitationOutcome,
    },
    /// The client may talk with a peer; an earlier link with the same peer is replaced.
    LinkOpened {
        /// With whom, and which attempt.
        link: Link,
    },
    /// The client may no longer talk with a peer.
    LinkClosed {
        /// Which link.
        link: Link,
        /// Why.
        reason: LinkCloseReason,
    },
    /// Somebody, perhaps the client itself, entered the conference.
    ConferenceJoined {
        /// Who.
        participant: ParticipantId,
    },
    /// Somebody, perhaps the client itself, left the conference.
    ConferenceLeft {
        /// Who.
        participant: ParticipantId,
    },
    /// A linked peer tells something about the connection.
    Signal {
        /// Who says it; stamped by the server.
        from: ParticipantId,
        /// The link's epoch that it belongs to.
        epoch: Epoch,
        /// What.
        signal: S,
    },
    /// A new message in the room's chat; it is on the server's disk.
    Chat {
        /// The message.
        message: ChatMessage,
    },
    /// Answers `fetch-history`.
    History {
        /// Oldest first.
        messages: Vec<ChatMessage>,
        /// Whether there is nothing before these.
        complete: bool,
    },
    /// A message of the client's was refused; the socket stays open.
    Error {
        /// Why.
        code: ErrorCode,
        /// What the refused message was about, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<Subject>,
    },
    /// The last message before the server closes the socket.
    Bye {
        /// Why.
        code: ErrorCode,
        /// Not to come back before so many milliseconds, if the server says that; `Retry-After` of a socket, whose
        /// refused upgrade no page can read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u32>,
        /// Until when, where it is so for a while.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<UnixMillis>,
        /// Whose session it is, with [`ErrorCode::AnotherUser`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<SessionInfo>,
    },
}

/// What a refused message was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// This participant.
    Participant(ParticipantId),
    /// This invitation.
    Invitation(InvitationId),
    /// The chat line sent with this nonce.
    Nonce(Nonce),
}

/// The room as it is when the client enters it, or comes back to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The version that the server speaks from here on.
    pub version: u32,
    /// The room.
    pub room: RoomName,
    /// The client's own seat.
    pub you: ParticipantId,
    /// To come back to the seat after a broken socket.
    pub seat: SeatKey,
    /// Whether this is the seat that the client asked to come back to; its links live on if so.
    pub resumed: bool,
    /// Everybody in the room, the client included, in the order in which they came.
    pub participants: Vec<Participant>,
    /// Who is in the conference.
    pub conference: Vec<ParticipantId>,
    /// Invitations that ring, from the client or for it.
    pub invitations: Vec<Invitation>,
    /// The client's links.
    pub links: Vec<Link>,
    /// The newest page of the room's history, oldest first.
    pub messages: Vec<ChatMessage>,
    /// Whether there is nothing before those messages.
    pub history_complete: bool,
    /// What the room's moderators decided about it.
    #[serde(default)]
    pub settings: RoomSettings,
    /// How large moderators may make the room; absent for [`crate::limits::ROOM_PARTICIPANTS`].
    #[serde(default = "usual_size", skip_serializing_if = "is_usual_size")]
    pub largest_size: u32,
    /// Who waits to be let in, for a moderator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub newcomers: Vec<Participant>,
    /// Of whom the user takes no invitations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<UserName>,
}

impl Welcome {
    /// To a room in which there is nothing and no one yet.
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

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_usual_size(size: &u32) -> bool {
    *size == usual_size()
}

/// Somebody's seat in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The seat.
    pub id: ParticipantId,
    /// The user's name.
    pub name: UserName,
    /// What the user may do to others here.
    #[serde(default, skip_serializing_if = "Role::is_participant")]
    pub role: Role,
    /// Whether the user may not write to the chat.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub silenced: bool,
    /// Whether the seat waits for its page, whose socket broke.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub away: bool,
    /// Whether the name is all that is known: there is no account behind it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
}

impl Participant {
    /// A participant of whom there is nothing special to say.
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

/// One participant asking another to talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// The one who asks.
    pub from: ParticipantId,
    /// The one asked.
    pub to: ParticipantId,
    /// How long it still rings, in milliseconds.
    pub rings_for_ms: u32,
}

/// How an invitation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvitationOutcome {
    /// The one asked said yes, or asked back at the same time.
    Accepted,
    /// The one asked said no.
    Declined,
    /// The one who asked took it back.
    Cancelled,
    /// Nobody answered in time.
    TimedOut,
    /// One of the two left the room.
    Withdrawn,
}

/// The right, and the duty, of two participants to have one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The other end.
    pub peer: ParticipantId,
    /// Which attempt of these two.
    pub epoch: Epoch,
}

/// Why a link closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkCloseReason {
    /// One of the two hung up.
    HungUp,
    /// One of the two left the conference, and nothing else held them together.
    ConferenceLeft,
    /// One of the two left the room.
    ParticipantLeft,
    /// A moderator put one of the two out of the room.
    Removed,
}
