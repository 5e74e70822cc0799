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
    /// To have a participant's microphone turned off.
    Mute(ParticipantId),
    /// To keep a participant from writing, or to let them write again.
    Silence {
        /// Whom.
        participant: ParticipantId,
        /// Whether they may not write.
        silenced: bool,
    },
    /// To keep a user out.
    Ban {
        /// Whom.
        participant: ParticipantId,
        /// For how long, in minutes.
        minutes: u32,
    },
    /// To make somebody a moderator, or an ordinary participant again; for the owner.
    SetModerator {
        /// Whom.
        participant: ParticipantId,
        /// Whether they moderate.
        moderator: bool,
    },
    /// To change the rules of the room.
    ChangeRoom {
        /// What is to be otherwise.
        settings: RoomChanges,
        /// A new password.
        password: Option<String>,
    },
    /// To see passes and bans.
    FetchAccess,
    /// To make a link that lets people in, for so many minutes.
    CreatePass {
        /// How long it is valid.
        minutes: u32,
    },
    /// To make one invalid.
    RevokePass(PassId),
    /// To let a user in again.
    LiftBan(UserName),
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
            Message::MuteParticipant { participant } => {
                RoomRequest::Moderation(ModerationRequest::Mute(participant))
            }
            Message::SilenceParticipant {
                participant,
                silenced,
            } => RoomRequest::Moderation(ModerationRequest::Silence {
                participant,
                silenced,
            }),
            Message::BanParticipant { participant, minutes } => {
                RoomRequest::Moderation(ModerationRequest::Ban { participant, minutes })
            }
            Message::SetModerator {
                participant,
                moderator,
            } => RoomRequest::Moderation(ModerationRequest::SetModerator {
                participant,
                moderator,
            }),
            Message::ChangeRoom { settings, password } => {
                RoomRequest::Moderation(ModerationRequest::ChangeRoom { settings, password })
            }
            Message::FetchRoomAccess {} => RoomRequest::Moderation(ModerationRequest::FetchAccess),
            Message::CreatePass { minutes } => {
                RoomRequest::Moderation(ModerationRequest::CreatePass { minutes })
            }
            Message::RevokePass { pass } => RoomRequest::Moderation(ModerationRequest::RevokePass(pass)),
            Message::LiftBan { name } => RoomRequest::Moderation(ModerationRequest::LiftBan(name)),
            Message::BlockPerson { participant } => RoomRequest::Block(participant),
            Message::UnblockPerson { name } => RoomRequest::Unblock(name),
        };
        Self::Room(room)
    }
}
