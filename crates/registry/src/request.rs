//! What a client asks for, sorted by who decides about it. The one place that knows every message: each kind below is
//! matched exhaustively where it is handled.

use protocol::{Epoch, InvitationId, MessageId, Nonce, ParticipantId, PassId, RoomChanges, UserName};
use serde_json::value::RawValue;

use super::Message;

/// A client's message, by what it is about.
#[derive(Debug)]
pub(super) enum Request {
    /// A second hello.
    Hello,
    /// A heartbeat.
    Ping,
    /// The page is about to be closed or loaded again.
    Closing,
    /// To leave the room.
    Leave,
    /// Invitations, links and the conference: what is kept of the room changes with each.
    Call(CallRequest),
    /// Something for the other end of a link.
    Signal {
        /// The other end.
        to: ParticipantId,
        /// The epoch of the link.
        epoch: Epoch,
        /// As it came.
        signal: Box<RawValue>,
    },
    /// Of the chat.
    Chat(ChatRequest),
    /// For moderators alone.
    Moderation(ModerationRequest),
    /// To get no invitations from a participant any more.
    Block(ParticipantId),
    /// To take that back.
    Unblock(UserName),
}

/// What changes who talks with whom.
#[derive(Clone, Copy, Debug)]
pub(super) enum CallRequest {
    /// To invite a participant.
    Invite(ParticipantId),
    /// To take an own invitation back.
    Cancel(InvitationId),
    /// To accept one.
    Accept(InvitationId),
    /// To decline one.
    Decline(InvitationId),
    /// To join the conference.
    JoinConference,
    /// To leave it.
    LeaveConference,
    /// To end a link.
    HangUp(ParticipantId),
    /// To begin a link again, in a new epoch.
    RestartLink {
        /// The other end.
        peer: ParticipantId,
        /// The epoch that failed.
        epoch: Epoch,
    },
}

/// What is asked of the chat.
#[derive(Debug)]
pub(super) enum ChatRequest {
    /// To write a message.
    Send {
        /// What it says.
        text: String,
        /// The author's own name for it.
        nonce: Nonce,
    },
    /// To read older ones.
    FetchHistory {
        /// The oldest one that the page has.
        before: MessageId,
    },
}

/// What only moderators may ask for.
#[derive(Debug)]
pub(super) enum ModerationRequest {
    /// Of a participant whom they may act on.
    Participant(ParticipantId, ParticipantRequest),
    /// To admit a newcomer, or to refuse them.
    Decide {
        /// Who waits.
        newcomer: ParticipantId,
        /// Whether they are let in.
        admit: bool,
    },
    /// Of the room.
    Rules(RulesRequest),
}

/// What moderators may ask for of a participant.
#[derive(Clone, Copy, Debug)]
pub(super) enum ParticipantRequest {
    /// To have the microphone turned off.
    Mute,
    /// To have the participant leave the room.
    Remove,
    /// To keep the participant from writing (`true`), or to let them write again.
    Silence(bool),
    /// To keep the user out of the room.
    Ban {
        /// For how long, in minutes.
        minutes: u32,
    },
    /// To make the participant a moderator (`true`), or an ordinary participant again; for the owner.
    SetModerator(bool),
}

/// What moderators may ask for of the room's rules.
#[derive(Debug)]
pub(super) enum RulesRequest {
    /// To change the settings.
    Change {
        /// Those that are to change.
        settings: RoomChanges,
        /// A new password.
        password: Option<String>,
    },
    /// To see passes and bans.
    FetchAccess,
    /// To make a pass.
    CreatePass {
        /// How long it is valid.
        minutes: u32,
    },
    /// To make a pass invalid.
    RevokePass(PassId),
    /// To let a banned user in again.
    LiftBan(UserName),
}

/// A request of a participant, as one for the room.
fn of_participant(participant: ParticipantId, request: ParticipantRequest) -> Request {
    Request::Moderation(ModerationRequest::Participant(participant, request))
}

/// A request of the room's rules, as one for the room.
fn of_rules(request: RulesRequest) -> Request {
    Request::Moderation(ModerationRequest::Rules(request))
}

/// What a moderator decided about a newcomer.
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
