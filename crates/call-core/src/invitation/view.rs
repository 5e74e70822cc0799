//! View of the ringing invitations.

use protocol::{InvitationId, ParticipantId, UnixMillis, UserName};

use crate::room::Room;

/// The ringing invitations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvitationsView {
    /// Invitations to the user, oldest first.
    pub incoming: Vec<InvitationView>,
    /// Invitations from the user, oldest first.
    pub outgoing: Vec<InvitationView>,
    /// Whether the browser blocks the ring tone until the user interacts with the page.
    pub muted: bool,
}

/// A ringing invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationView {
    /// Id of the invitation.
    pub id: InvitationId,
    /// The peer who sent or receives it.
    pub peer: ParticipantId,
    /// The peer's name.
    pub name: UserName,
    /// Whether the peer is a guest.
    pub guest: bool,
    /// Time at which it times out, by the page's clock.
    pub ends_at: UnixMillis,
}

impl InvitationsView {
    /// Builds the view for a room; `muted` says whether the browser blocks the tone.
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
