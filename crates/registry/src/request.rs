//! Requests of clients, grouped by their handler. The only place that knows every message: each kind below is
//! matched exhaustively where it is handled.

use protocol::{Epoch, InvitationId, MessageId, Nonce, ParticipantId, PassId, RoomChanges, UserName};
use serde_json::value::RawValue;

use super::Message;

/// A client's message, grouped by topic.
#[derive(Debug)]
pub(super) enum Request {
    /// A second `hello`.
    Hello,
    /// A heartbeat.
    Ping,
    /// The page is about to be closed or reloaded.
    Closing,
    /// Leave the room.
    Leave,
    /// Invitations, links and the group call: each changes the room's snapshot.
    Call(CallRequest),
    /// A signal for the other end of a link.
    Signal {
        /// The other end.
        to: ParticipantId,
        /// The epoch of the link.
        epoch: Epoch,
        /// The signal, as raw JSON.
        signal: Box<RawValue>,
    },
    /// Writing to the chat, or reading its history.
    Chat(ChatRequest),
    /// Moderation; only for moderators.
    Moderation(ModerationRequest),
    /// Block invitations from a participant's user.
    Block(ParticipantId),
    /// Unblock a user.
    Unblock(UserName),
}

/// A request that changes who is in a call with whom.
#[derive(Clone, Copy, Debug)]
pub(super) enum CallRequest {
    /// Invite a participant.
    Invite(ParticipantId),
    /// Cancel an invitation that the client sent.
    Cancel(InvitationId),
    /// Accept an invitation.
    Accept(InvitationId),
    /// Decline an invitation.
    Decline(InvitationId),
    /// Join the group call.
    JoinConference,
    /// Leave the group call.
    LeaveConference,
    /// Close a link.
    HangUp(ParticipantId),
    /// Start a new epoch of a link.
    RestartLink {
        /// The other end.
        peer: ParticipantId,
        /// The epoch that failed.
        epoch: Epoch,
    },
}

/// A request about the chat.
#[derive(Debug)]
pub(super) enum ChatRequest {
    /// Write a message.
    Send {
        /// The message.
        text: String,
        /// Chosen by the author's client.
        nonce: Nonce,
    },
    /// Read earlier messages.
    FetchHistory {
        /// The oldest message that the page has.
        before: MessageId,
    },
}

/// A request that only moderators may make.
#[derive(Debug)]
pub(super) enum ModerationRequest {
    /// About a participant.
    Participant(ParticipantId, ParticipantRequest),
    /// Admit a waiting user or turn them away.
    Decide {
        /// The waiting user.
        newcomer: ParticipantId,
        /// Whether to admit them.
        admit: bool,
    },
    /// About the room's rules.
    Rules(RulesRequest),
}

/// A moderator's request about a participant.
#[derive(Clone, Copy, Debug)]
pub(super) enum ParticipantRequest {
    /// Mute the microphone.
    Mute,
    /// Remove the participant from the room.
    Remove,
    /// Forbid the participant to write to the chat (`true`), or allow it again (`false`).
    Silence(bool),
    /// Ban the user from the room.
    Ban {
        /// Duration, in minutes.
        minutes: u32,
    },
    /// Make the participant a moderator (`true`) or an ordinary participant again (`false`); for the owner only.
    SetModerator(bool),
}

/// A moderator's request about the room's rules.
#[derive(Debug)]
pub(super) enum RulesRequest {
    /// Change the settings.
    Change {
        /// The settings to change.
        settings: RoomChanges,
        /// A new password, if any.
        password: Option<String>,
    },
    /// List passes and bans.
    FetchAccess,
    /// Create a pass.
    CreatePass {
        /// How long it is valid, in minutes.
        minutes: u32,
    },
    /// Revoke a pass.
    RevokePass(PassId),
    /// Lift a user's ban.
    LiftBan(UserName),
}

/// Wraps a request about a participant.
fn of_participant(participant: ParticipantId, request: ParticipantRequest) -> Request {
    Request::Moderation(ModerationRequest::Participant(participant, request))
}

/// Wraps a request about the room's rules.
fn of_rules(request: RulesRequest) -> Request {
    Request::Moderation(ModerationRequest::Rules(request))
}

/// Wraps a decision about a waiting user.
fn decided(newcomer: ParticipantId, admit: bool) -> Request {
    Request::Moderation(ModerationRequest::Decide { newcomer, admit })
}

impl From<Message> for Request {
    fn from(message: Message) -> Self {
        match message {
            Message::Leave {} => Self::Leave,
            Message::RemoveParticipant { participant } => {
                of_participant(participant, ParticipantRequest::Remove)
            }
            Message::AdmitNewcomer { newcomer } => decided(newcomer, true),
            Message::RefuseNewcomer { newcomer } => decided(newcomer, false),
            Message::Hello(_) => Self::Hello,
            Message::Ping {} => Self::Ping,
            Message::Closing {} => Self::Closing,
            Message::Invite { to } => Self::Call(CallRequest::Invite(to)),
            Message::CancelInvitation { invitation } => Self::Call(CallRequest::Cancel(invitation)),
            Message::AcceptInvitation { invitation } => Self::Call(CallRequest::Accept(invitation)),
            Message::DeclineInvitation { invitation } => Self::Call(CallRequest::Decline(invitation)),
            Message::JoinConference {} => Self::Call(CallRequest::JoinConference),
            Message::LeaveConference {} => Self::Call(CallRequest::LeaveConference),
            Message::HangUp { peer } => Self::Call(CallRequest::HangUp(peer)),
            Message::RestartLink { peer, epoch } => Self::Call(CallRequest::RestartLink { peer, epoch }),
            Message::Signal { to, epoch, signal } => Self::Signal { to, epoch, signal },
            Message::SendChat { text, nonce } => Self::Chat(ChatRequest::Send { text, nonce }),
            Message::FetchHistory { before } => Self::Chat(ChatRequest::FetchHistory { before }),
            Message::MuteParticipant { participant } => of_participant(participant, ParticipantRequest::Mute),
            Message::SilenceParticipant {
                participant,
                silenced,
            } => of_participant(participant, ParticipantRequest::Silence(silenced)),
            Message::BanParticipant { participant, minutes } => {
                of_participant(participant, ParticipantRequest::Ban { minutes })
            }
            Message::SetModerator {
                participant,
                moderator,
            } => of_participant(participant, ParticipantRequest::SetModerator(moderator)),
            Message::ChangeRoom { settings, password } => {
                of_rules(RulesRequest::Change { settings, password })
            }
            Message::FetchRoomAccess {} => of_rules(RulesRequest::FetchAccess),
            Message::CreatePass { minutes } => of_rules(RulesRequest::CreatePass { minutes }),
            Message::RevokePass { pass } => of_rules(RulesRequest::RevokePass(pass)),
            Message::LiftBan { name } => of_rules(RulesRequest::LiftBan(name)),
            Message::BlockPerson { participant } => Self::Block(participant),
            Message::UnblockPerson { name } => Self::Unblock(name),
        }
    }
}
