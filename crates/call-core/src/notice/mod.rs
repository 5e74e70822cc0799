//! Notices for the user: few, each once, and dismissed automatically when nothing is left to do about them.

mod core;
mod intent;
mod show;
mod view;
mod way_out;

use std::time::Duration;

use crate::{Device, Effect, NoticeId, Timer};

pub use intent::NoticeIntent;
pub use view::{Notice, NoticeBody};
pub use way_out::Remedy;

/// The most notices at a time; the oldest is dropped (chosen): more would hide the call.
const MOST: usize = 4;

/// Time after which news disappear (chosen): two lines can be read at ease.
const READ: Duration = Duration::from_secs(8);

/// The notices that are shown, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notices {
    shown: Vec<Notice>,
    last: NoticeId,
}

impl Notices {
    /// Shows a notice, which replaces an equal one. Returns the timer that dismisses it, if it is news.
    pub(crate) fn show(&mut self, body: NoticeBody) -> Option<Effect> {
        self.shown.retain(|notice| notice.body != body);
        if self.shown.len() == MOST {
            self.shown.remove(0);
        }
        self.last = NoticeId(self.last.0 + 1);
        let timer = passes(&body).then_some(Effect::StartTimer {
            timer: Timer::Notice(self.last),
            after: READ,
        });
        self.shown.push(Notice { id: self.last, body });
        timer
    }

    /// Dismisses a notice.
    pub(crate) fn dismiss(&mut self, id: NoticeId) {
        self.shown.retain(|notice| notice.id != id);
    }

    /// Dismisses all notices that are settled.
    pub(crate) fn settle(&mut self, settled: impl Fn(&NoticeBody) -> bool) {
        self.shown.retain(|notice| !settled(&notice.body));
    }

    pub(crate) fn shown(&self) -> &[Notice] {
        &self.shown
    }
}

impl NoticeBody {
    /// The device whose trouble the notice reports.
    pub(crate) fn device(&self) -> Option<Device> {
        match self {
            Self::Media { device, .. }
            | Self::DeviceLost(device)
            | Self::MutedBySystem(device)
            | Self::DeviceKept(device) => Some(*device),
            Self::TalkingWhileMuted => Some(Device::Microphone),
            Self::InvitationEnded { .. }
            | Self::InvitationMissed { .. }
            | Self::CallEnded { .. }
            | Self::CallLost { .. }
            | Self::LinkFailed { .. }
            | Self::Screen(_)
            | Self::TooManyVideos { .. }
            | Self::DeviceReplaced { .. }
            | Self::DeviceFollowed(_)
            | Self::Muted { .. }
            | Self::ParticipantMuted { .. }
            | Self::RoleChanged(_)
            | Self::Silenced(_)
            | Self::RoomChanged { .. }
            | Self::Banned { .. }
            | Self::Refused(_)
            | Self::Offline
            | Self::NoIceServers
            | Self::Outdated => None,
        }
    }
}

/// Whether a notice is news, which disappear by themselves; the others stay until they are settled.
fn passes(body: &NoticeBody) -> bool {
    match body {
        NoticeBody::InvitationEnded { .. }
        | NoticeBody::InvitationMissed { .. }
        | NoticeBody::CallEnded { .. }
        | NoticeBody::Refused(_)
        | NoticeBody::Offline
        | NoticeBody::DeviceReplaced { .. }
        | NoticeBody::DeviceKept(_)
        | NoticeBody::DeviceFollowed(_)
        | NoticeBody::TooManyVideos { .. }
        | NoticeBody::TalkingWhileMuted
        | NoticeBody::Muted { .. }
        | NoticeBody::ParticipantMuted { .. }
        | NoticeBody::RoleChanged(_)
        | NoticeBody::Silenced(_)
        | NoticeBody::RoomChanged { .. }
        | NoticeBody::Banned { .. }
        // The user's own tile keeps showing it.
        | NoticeBody::Media { .. } => true,
        NoticeBody::CallLost { .. }
        | NoticeBody::LinkFailed { .. }
        | NoticeBody::DeviceLost(_)
        | NoticeBody::MutedBySystem(_)
        | NoticeBody::Screen(_)
        | NoticeBody::NoIceServers
        | NoticeBody::Outdated => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::ErrorCode;

    #[test]
    fn equal_notice_is_shown_once() {
        let mut notices = Notices::default();
        notices.show(NoticeBody::Outdated);
        notices.show(NoticeBody::NoIceServers);
        notices.show(NoticeBody::Outdated);
        let bodies: Vec<_> = notices.shown().iter().map(|n| n.body.clone()).collect();
        assert_eq!(bodies, [NoticeBody::NoIceServers, NoticeBody::Outdated]);
    }

    #[test]
    fn news_expire_and_problems_stay() {
        let mut notices = Notices::default();
        assert_eq!(
            notices.show(NoticeBody::Refused(ErrorCode::RateLimited)),
            Some(Effect::StartTimer {
                timer: Timer::Notice(NoticeId(1)),
                after: READ
            })
        );
        assert_eq!(notices.show(NoticeBody::Outdated), None);
        let name = protocol::UserName::parse("Bea").expect("a name");
        let (peer, outcome) = (None, protocol::InvitationOutcome::Declined);
        let minutes = 60;
        for news in [
            NoticeBody::InvitationEnded {
                name: name.clone(),
                peer,
                outcome,
            },
            NoticeBody::InvitationMissed {
                name: name.clone(),
                peer,
                outcome,
            },
            NoticeBody::Banned {
                name: name.clone(),
                minutes,
            },
            NoticeBody::Offline,
        ] {
            assert!(notices.show(news.clone()).is_some(), "{news:?}");
        }
        assert_eq!(notices.show(NoticeBody::CallLost { name, peer }), None);
    }
}
