//! Who is in the room.

use protocol::{InvitationId, ParticipantId, Role, UserName};

use crate::TileState;
use crate::room::Room;

/// Somebody in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// The seat.
    pub id: ParticipantId,
    /// The name.
    pub name: UserName,
    /// Whether it is the user.
    pub you: bool,
    /// Whether in the conference.
    pub in_conference: bool,
    /// Whether the server waits for their page, whose socket broke; calls go on, and it rings when they are back.
    pub away: bool,
    /// How the user stands with this person.
    pub state: PersonState,
    /// Whether the person has no account.
    pub guest: bool,
    /// What the person may do to others here.
    pub role: Role,
    /// Whether a moderator lets the person write no lines.
    pub silenced: bool,
    /// Whether the user takes no invitations of the person.
    pub blocked: bool,
    /// Whether the user may mute, silence, remove and ban the person.
    pub moderated: bool,
    /// Whether the user may make the person a moderator, or a participant again.
    pub appointed: bool,
}

/// How the user stands with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonState {
    /// Both are in the room.
    InRoom,
    /// The user's invitation rings there.
    Invited(InvitationId),
    /// Their invitation rings here.
    Inviting(InvitationId),
    /// On the way to a call.
    Connecting,
    /// In a call.
    Talking,
}

impl PersonView {
    /// Everyone in the room.
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
