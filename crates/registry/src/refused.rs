//! A refused request.

use protocol::{ErrorCode, InvitationId, Nonce, ParticipantId, Subject};

/// A refusal that leaves the socket open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub code: ErrorCode,
    /// What the refused message concerned.
    pub subject: Option<Subject>,
}

impl Refused {
    pub fn participant(code: ErrorCode, participant: ParticipantId) -> Self {
        Self {
            code,
            subject: Some(Subject::Participant(participant)),
        }
    }

    pub fn invitation(code: ErrorCode, invitation: InvitationId) -> Self {
        Self {
            code,
            subject: Some(Subject::Invitation(invitation)),
        }
    }

    pub fn nonce(code: ErrorCode, nonce: Nonce) -> Self {
        Self {
            code,
            subject: Some(Subject::Nonce(nonce)),
        }
    }
}

impl From<ErrorCode> for Refused {
    fn from(code: ErrorCode) -> Self {
        Self { code, subject: None }
    }
}
