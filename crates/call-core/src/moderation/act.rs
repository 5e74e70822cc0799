//! What a user may want to do to others, and a moderator to the room.

use protocol::{ClientMessage, ParticipantId, PassId, RoomChanges, UserName};

/// One such wish; the server decides whether it may be.
#[derive(Clone, PartialEq, Eq)]
pub enum Act {
    /// Let somebody in who waits.
    Admit(ParticipantId),
    /// Turn them away.
    Refuse(ParticipantId),
    /// Change some of the room's settings, and its password if there is a new one.
    ChangeRoom(RoomChanges, Option<String>),
    /// Look at the room's passes and bans.
    LookAtAccess,
    /// Make a pass that is good for so many minutes.
    CreatePass(u32),
    /// End a pass.
    RevokePass(PassId),
    /// Make somebody a moderator, or a participant again.
    SetModerator(ParticipantId, bool),
    /// Mute somebody's microphone.
    Mute(ParticipantId),
    /// Let somebody write to the chat no more, or again.
    Silence(ParticipantId, bool),
    /// Put somebody out of the room.
    Remove(ParticipantId),
    /// Put somebody out of the room for so many minutes.
    Ban(ParticipantId, u32),
    /// End a ban.
    LiftBan(UserName),
    /// Take no invitations of somebody.
    Block(ParticipantId),
    /// Take them again.
    Unblock(UserName),
}

impl From<Act> for ClientMessage {
    fn from(act: Act) -> Self {
        match act {
            Act::Admit(newcomer) => Self::AdmitNewcomer { newcomer },
            Act::Refuse(newcomer) => Self::RefuseNewcomer { newcomer },
            Act::ChangeRoom(settings, password) => Self::ChangeRoom { settings, password },
            Act::LookAtAccess => Self::FetchRoomAccess {},
            Act::CreatePass(minutes) => Self::CreatePass { minutes },
            Act::RevokePass(pass) => Self::RevokePass { pass },
            Act::SetModerator(participant, moderator) => Self::SetModerator {
                participant,
                moderator,
            },
            Act::Mute(participant) => Self::MuteParticipant { participant },
            Act::Silence(participant, silenced) => Self::SilenceParticipant {
                participant,
                silenced,
            },
            Act::Remove(participant) => Self::RemoveParticipant { participant },
            Act::Ban(participant, minutes) => Self::BanParticipant { participant, minutes },
            Act::LiftBan(name) => Self::LiftBan { name },
            Act::Block(participant) => Self::BlockPerson { participant },
            Act::Unblock(name) => Self::UnblockPerson { name },
        }
    }
}
