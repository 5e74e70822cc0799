//! Calls: invitations, the conference, links, and the shared screen.

use protocol::{InvitationId, ParticipantId};

/// What the user wants about who is in a call with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallIntent {
    /// Invite a participant to a call.
    Invite(ParticipantId),
    /// Take an own invitation back.
    CancelInvitation(InvitationId),
    /// Accept an invitation.
    AcceptInvitation {
        /// Which one.
        invitation: InvitationId,
        /// Whether to answer with video.
        camera: bool,
    },
    /// Decline an invitation.
    DeclineInvitation(InvitationId),
    /// Join the room's conference.
    JoinConference,
    /// End the call with one participant.
    HangUp(ParticipantId),
    /// End all calls, the conference included.
    HangUpAll,
    /// Connect again with a participant whose connection failed.
    RetryLink(ParticipantId),
}
