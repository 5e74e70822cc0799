//! Moderation commands: what a user may do to others, and a moderator to the room.

use protocol::{ClientMessage, ParticipantId, PassId, RoomChanges, UserName};

/// A moderation command; the server decides whether it is allowed.
#[derive(Clone, PartialEq, Eq)]
pub enum Act {
    /// Admit a newcomer from the waiting room.
    Admit(ParticipantId),
    /// Deny a newcomer.
    Refuse(ParticipantId),
    /// Change settings of the room, and its password if a new one is given.
    ChangeRoom(RoomChanges, Option<String>),
    /// Fetch the room's passes and bans.
    LookAtAccess,
    /// Create a pass that is valid for this many minutes.
    CreatePass(u32),
    /// Revoke a pass.
    RevokePass(PassId),
    /// Make a participant a moderator (`true`), or a participant again.
    SetModerator(ParticipantId, bool),
    /// Mute a participant's microphone.
    Mute(ParticipantId),
    /// Mute a participant in the chat (`true`), or unmute them.
    Silence(ParticipantId, bool),
    /// Remove a participant from the room.
    Remove(ParticipantId),
    /// Remove a participant and ban them for this many minutes.
    Ban(ParticipantId, u32),
    /// Lift the ban of a user.
    LiftBan(UserName),
    /// Block invitations from a participant.
    Block(ParticipantId),
    /// Unblock a user.
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
