//! Moderation commands: what a user may do to others, and a moderator to the room.

use protocol::{ClientMessage, ParticipantId, PassId, RoomChanges, UserName};

/// A moderation command; the server decides whether it is allowed.
#[derive(Clone, PartialEq, Eq)]
pub enum ModerationAction {
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

impl From<ModerationAction> for ClientMessage {
    fn from(act: ModerationAction) -> Self {
        match act {
            ModerationAction::Admit(newcomer) => Self::AdmitNewcomer { newcomer },
            ModerationAction::Refuse(newcomer) => Self::RefuseNewcomer { newcomer },
            ModerationAction::ChangeRoom(settings, password) => Self::ChangeRoom { settings, password },
            ModerationAction::LookAtAccess => Self::FetchRoomAccess {},
            ModerationAction::CreatePass(minutes) => Self::CreatePass { minutes },
            ModerationAction::RevokePass(pass) => Self::RevokePass { pass },
            ModerationAction::SetModerator(participant, moderator) => Self::SetModerator {
                participant,
                moderator,
            },
            ModerationAction::Mute(participant) => Self::MuteParticipant { participant },
            ModerationAction::Silence(participant, silenced) => Self::SilenceParticipant {
                participant,
                silenced,
            },
            ModerationAction::Remove(participant) => Self::RemoveParticipant { participant },
            ModerationAction::Ban(participant, minutes) => Self::BanParticipant { participant, minutes },
            ModerationAction::LiftBan(name) => Self::LiftBan { name },
            ModerationAction::Block(participant) => Self::BlockPerson { participant },
            ModerationAction::Unblock(name) => Self::UnblockPerson { name },
        }
    }
}
