//! Remedies: what the user can do about a notice.

use super::view::NoticeBody;
use crate::{CallIntent, DeviceIntent, Intent, MediaError, ModerationAction, ScreenIntent};

/// Label of a remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Invite a person again who did not answer, or whose call was lost.
    InviteAgain,
    /// Invite a person whose invitation the user missed.
    InviteBack,
    /// Retry what failed.
    TryAgain,
    /// Unmute the microphone.
    Unmute,
    /// Undo the user's own action.
    Undo,
}

impl NoticeBody {
    /// The remedy that is offered with the notice, if there is one: its label, and the intent that it sends.
    pub fn way_out(&self) -> Option<(Remedy, Intent)> {
        match self {
            Self::InvitationEnded { peer: Some(peer), .. } | Self::CallLost { peer: Some(peer), .. } => {
                Some((Remedy::InviteAgain, CallIntent::Invite(*peer).into()))
            }
            Self::InvitationMissed { peer: Some(peer), .. } => {
                Some((Remedy::InviteBack, CallIntent::Invite(*peer).into()))
            }
            Self::LinkFailed { peer, .. } => Some((Remedy::TryAgain, CallIntent::RetryLink(*peer).into())),
            Self::Media { device, error } if *error != MediaError::Insecure => {
                Some((Remedy::TryAgain, DeviceIntent::start(*device).into()))
            }
            Self::DeviceLost(device) | Self::MutedBySystem(device) => {
                Some((Remedy::TryAgain, DeviceIntent::start(*device).into()))
            }
            Self::Screen(_) => Some((Remedy::TryAgain, ScreenIntent::Share.into())),
            Self::TalkingWhileMuted | Self::Muted { .. } => {
                Some((Remedy::Unmute, DeviceIntent::UnmuteMicrophone.into()))
            }
            Self::Banned { name, .. } => Some((Remedy::Undo, ModerationAction::LiftBan(name.clone()).into())),
            Self::InvitationEnded { peer: None, .. }
            | Self::InvitationMissed { peer: None, .. }
            | Self::CallEnded { .. }
            | Self::CallLost { peer: None, .. }
            | Self::Refused(_)
            | Self::TooManyVideos { .. }
            | Self::ParticipantMuted { .. }
            | Self::RoleChanged(_)
            | Self::Silenced(_)
            | Self::RoomChanged { .. }
            | Self::Offline
            | Self::DeviceReplaced { .. }
            | Self::DeviceKept(_)
            | Self::DeviceFollowed(_)
            | Self::NoIceServers
            | Self::Media { .. }
            | Self::Outdated => None,
        }
    }

    /// Whether the notice reports a problem, rather than news.
    pub fn is_problem(&self) -> bool {
        match self {
            Self::InvitationEnded { .. }
            | Self::InvitationMissed { .. }
            | Self::CallEnded { .. }
            | Self::TooManyVideos { .. }
            | Self::ParticipantMuted { .. }
            | Self::RoleChanged(_)
            | Self::RoomChanged { .. }
            | Self::Banned { .. }
            | Self::Silenced(false)
            | Self::DeviceFollowed(_) => false,
            Self::CallLost { .. }
            | Self::LinkFailed { .. }
            | Self::Media { .. }
            | Self::DeviceLost(_)
            | Self::DeviceReplaced { .. }
            | Self::DeviceKept(_)
            | Self::MutedBySystem(_)
            | Self::TalkingWhileMuted
            | Self::Screen(_)
            | Self::Muted { .. }
            | Self::Silenced(true)
            | Self::Refused(_)
            | Self::Offline
            | Self::NoIceServers
            | Self::Outdated => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::{InvitationOutcome, ParticipantId, UserName};

    use super::*;
    use crate::Device;

    fn missed(peer: Option<ParticipantId>) -> NoticeBody {
        NoticeBody::InvitationMissed {
            name: UserName::parse("Bea").expect("a name"),
            peer,
            outcome: InvitationOutcome::Cancelled,
        }
    }

    #[test]
    fn missed_invitation_can_be_returned_while_caller_is_here() {
        let bea = ParticipantId(2);
        let back = Some((Remedy::InviteBack, CallIntent::Invite(bea).into()));
        assert_eq!(missed(Some(bea)).way_out(), back);
        assert_eq!(missed(None).way_out(), None);
    }

    #[test]
    fn device_retry_is_offered_unless_page_is_insecure() {
        let refused = |error| NoticeBody::Media {
            device: Device::Camera,
            error,
        };
        let again = Some((Remedy::TryAgain, DeviceIntent::StartCamera.into()));
        assert_eq!(refused(MediaError::NotAllowed).way_out(), again);
        assert_eq!(refused(MediaError::Insecure).way_out(), None);
    }
}
