//! What a client asks for, sorted by who decides about it. The one place that knows every message: each kind below is
//! matched exhaustively where it is handled.

use protocol::{Epoch, InvitationId, MessageId, Nonce, ParticipantId, PassId, RoomChanges, UserName};
use serde_json::value::RawValue;

use super::Message;

/// A client's message, by what it is about.
#[derive(Debug)]
pub(super) enum Request {
    /// Makes or ends a seat: for the registry.
    Seat(SeatRequest),
    /// Something in the room: for the room.
    Room(RoomRequest),
}

/// What makes or ends seats.
#[derive(Debug)]
pub(super) enum SeatRequest {
    /// To leave the room.
    Leave,
    /// To remove another participant.
    Remove(ParticipantId),
    /// To admit a newcomer, or to refuse them.
    Decide {
        /// Who waits.
        newcomer: ParticipantId,
        /// Whether they are let in.
        admit: bool,
    },
}

/// What concerns one room alone.
#[derive(Debug)]
pub(super) enum RoomRequest {
    /// A second hello.
    Hello,
    /// A heartbeat.
    Ping,
    /// The page is about to be closed or loaded again.
    Closing,
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
    /// Of the room.
    Rules(RulesRequest),
}

/// What moderators may ask for of a participant.
#[derive(Clone, Copy, Debug)]
pub(super) enum ParticipantRequest {
    /// To have the microphone turned off.
    Mute,
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
fn of_participant(participant: ParticipantId, request: ParticipantRequest) -> RoomRequest {
    RoomRequest::Moderation(ModerationRequest::Participant(participant, request))
}

/// A request of the room's rules, as one for the room.
fn of_rules(request: RulesRequest) -> RoomRequest {
    RoomRequest::Moderation(ModerationRequest::Rules(request))
}

impl From<Message> for Request {
    fn from(message: Message) -> Self {
        let room = match message {
            Message::Leave {} => return Self::Seat(SeatRequest::Leave),
            Message::RemoveParticipant { participant } => {
                return Self::Seat(SeatRequest::Remove(participant));
            }
            Message::AdmitNewcomer { newcomer } => {
                return Self::Seat(SeatRequest::Decide {
                    newcomer,
                    admit: true,
                });
            }
            Message::RefuseNewcomer { newcomer } => {
                return Self::Seat(SeatRequest::Decide {
                    newcomer,
                    admit: false,
                });
            }
            Message::Hello(_) => RoomRequest::Hello,
            Message::Ping {} => RoomRequest::Ping,
            Message::Closing {} => RoomRequest::Closing,
            Message::Invite { to } => RoomRequest::Call(CallRequest::Invite(to)),
            Message::CancelInvitation { invitation } => RoomRequest::Call(CallRequest::Cancel(invitation)),
            Message::AcceptInvitation { invitation } => RoomRequest::Call(CallRequest::Accept(invitation)),
            Message::DeclineInvitation { invitation } => RoomRequest::Call(CallRequest::Decline(invitation)),
            Message::JoinConference {} => RoomRequest::Call(CallRequest::JoinConference),
            Message::LeaveConference {} => RoomRequest::Call(CallRequest::LeaveConference),
            Message::HangUp { peer } => RoomRequest::Call(CallRequest::HangUp(peer)),
            Message::RestartLink { peer, epoch } => {
                RoomRequest::Call(CallRequest::RestartLink { peer, epoch })
            }
            Message::Signal { to, epoch, signal } => RoomRequest::Signal { to, epoch, signal },
            Message::SendChat { text, nonce } => RoomRequest::Chat(ChatRequest::Send { text, nonce }),
            Message::FetchHistory { before } => RoomRequest::Chat(ChatRequest::FetchHistory { before }),
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
            Message::BlockPerson { participant } => RoomRequest::Block(participant),
            Message::UnblockPerson { name } => RoomRequest::Unblock(name),
        };
        Self::Room(room)
    }
}
