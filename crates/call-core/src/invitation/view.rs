//! What is shown of invitations that ring.

use protocol::{InvitationId, ParticipantId, UnixMillis, UserName};

use crate::room::Room;

/// Invitations that ring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvitationsView {
    /// For the user, oldest first.
    pub incoming: Vec<InvitationView>,
    /// From the user, oldest first.
    pub outgoing: Vec<InvitationView>,
    /// Whether the browser keeps the tone silent until the user does something in the page.
    pub muted: bool,
}

/// One invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationView {
    /// Which.
    pub id: InvitationId,
    /// The other end.
    pub peer: ParticipantId,
    /// Their name.
    pub name: UserName,
    /// Whether they have no account.
    pub guest: bool,
    /// When it times out, by the page's clock.
    pub ends_at: UnixMillis,
}

impl InvitationsView {
    /// Those of a room; `muted` is what the browser does to the tone.
    pub(crate) fn of(room: &Room, muted: bool) -> Self {
        let view = |ringing: &crate::invitation::RingingInvitation| {
            let peer = room.roster.get(ringing.peer)?;
            Some(InvitationView {
                id: ringing.id,
                peer: ringing.peer,
                name: peer.name.clone(),
                guest: peer.guest,
                ends_at: ringing.ends_at,
            })
        };
        InvitationsView {
            incoming: room.invitations.incoming().filter_map(view).collect(),
            outgoing: room.invitations.outgoing().filter_map(view).collect(),
            muted,
        }
    }
}
