//! The people in the room as they are shown.

use protocol::{InvitationId, ParticipantId, Role, UserName};

use crate::TileState;
use crate::room::Room;

/// A person in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// Participant id of the person.
    pub id: ParticipantId,
    /// User name of the person.
    pub name: UserName,
    /// Whether it is the user.
    pub you: bool,
    /// Whether the person is in the conference.
    pub in_conference: bool,
    /// Whether the person's socket broke and the server holds their seat; calls go on, and an invitation
    /// rings when they are back.
    pub away: bool,
    /// What there is between the user and this person.
    pub state: PersonState,
    /// Whether the person has no account.
    pub guest: bool,
    /// Role of the person in the room.
    pub role: Role,
    /// Whether a moderator muted the person in the chat.
    pub silenced: bool,
    /// Whether the user blocks invitations from the person.
    pub blocked: bool,
    /// Whether the user may mute the person, also in the chat, remove and ban them.
    pub moderated: bool,
    /// Whether the user may make the person a moderator, or a participant again.
    pub appointed: bool,
}

/// What there is between the user and a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonState {
    /// Nothing: both are in the room.
    InRoom,
    /// The user's invitation rings there.
    Invited(InvitationId),
    /// Their invitation rings here.
    Inviting(InvitationId),
    /// The connection is being made, or has failed.
    Connecting,
    /// In a call.
    Talking,
}

impl PersonView {
    /// All people in the room.
    pub(crate) fn all(room: &Room) -> Vec<Self> {
        let role = room.roster.role(room.you);
        let state = |id| {
            if let Some(link) = room.links.iter().find(|link| link.peer == id) {
                return match link.tile_state() {
                    TileState::Connected | TileState::Reconnecting => PersonState::Talking,
                    TileState::Connecting | TileState::Failed => PersonState::Connecting,
                };
            }
            match room.invitations.with(id) {
                Some(ringing) if ringing.incoming => PersonState::Inviting(ringing.id),
                Some(ringing) => PersonState::Invited(ringing.id),
                None => PersonState::InRoom,
            }
        };
        room.roster
            .iter()
            .map(|participant| PersonView {
                id: participant.id,
                name: participant.name.clone(),
                you: participant.id == room.you,
                in_conference: room.roster.in_conference(participant.id),
                away: participant.away,
                state: state(participant.id),
                guest: participant.guest,
                role: participant.role,
                silenced: participant.silenced,
                blocked: room.moderation.blocked.contains(&participant.name),
                moderated: role.may_act_on(participant.role),
                appointed: role == Role::Owner && participant.id != room.you && !participant.guest,
            })
            .collect()
    }
}
