//! What the user can do about calls: invitations, the group call and links.

use protocol::{InvitationId, ParticipantId};

/// An action on calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallIntent {
    /// Invite a participant to a call.
    Invite(ParticipantId),
    /// Cancel an invitation that the user sent.
    CancelInvitation(InvitationId),
    /// Accept an invitation.
    AcceptInvitation {
        /// The invitation to accept.
        invitation: InvitationId,
        /// Whether to turn the camera on.
        camera: bool,
    },
    /// Decline an invitation.
    DeclineInvitation(InvitationId),
    /// Join the room's group call (the conference).
    JoinConference,
    /// End the call with one participant.
    HangUp(ParticipantId),
    /// End all calls, including the group call, and cancel the user's invitations.
    HangUpAll,
    /// Reconnect to a participant after the connection failed.
    RetryLink(ParticipantId),
}
