//! Dismisses notices whose cause is gone.

use protocol::UserName;

use crate::{Core, NoticeBody};

impl Core {
    /// Dismisses notices whose cause is gone, so that no remedy is offered that makes no sense any more.
    pub(crate) fn settle_notices(&mut self) {
        let room = self.room.as_ref();
        let engaged = |name: &UserName| room.is_some_and(|room| room.is_engaged_with(name));
        let failed = |peer| room.is_some_and(|room| room.has_failed(peer));
        let online = self.signaling.is_joined();
        let (heard, shares) = (self.media.heard(), self.screen.is_on());
        let settled = |body: &NoticeBody| match body {
            NoticeBody::InvitationEnded { name, .. }
            | NoticeBody::InvitationMissed { name, .. }
            | NoticeBody::CallEnded { name, .. }
            | NoticeBody::CallLost { name, .. } => engaged(name),
            NoticeBody::LinkFailed { peer, .. } => !failed(*peer),
            NoticeBody::TalkingWhileMuted | NoticeBody::Muted { .. } => heard,
            NoticeBody::Screen(_) => shares,
            NoticeBody::Offline => online,
            // Dismissed where devices and ICE servers are handled.
            NoticeBody::Media { .. }
            | NoticeBody::DeviceLost(_)
            | NoticeBody::DeviceKept(_)
            | NoticeBody::DeviceReplaced { .. }
            | NoticeBody::DeviceFollowed(_)
            | NoticeBody::MutedBySystem(_)
            | NoticeBody::NoIceServers
            // These report an event, and have no cause that could go away.
            | NoticeBody::TooManyVideos { .. }
            | NoticeBody::ParticipantMuted { .. }
            | NoticeBody::RoleChanged(_)
            | NoticeBody::Silenced(_)
            | NoticeBody::RoomChanged { .. }
            | NoticeBody::Banned { .. }
            | NoticeBody::Refused(_)
            | NoticeBody::Outdated => false,
        };
        if self.notices.shown().iter().any(|notice| settled(&notice.body)) {
            self.notices.settle(settled);
        }
    }
}
