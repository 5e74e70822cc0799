//! One device: whether it is on, and what is asked of the browser for it.

use crate::{ChosenDevice, DevicePick, DeviceView, ListedDevice, MediaError, OpenDevice, RequestId};

/// One device.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) state: State,
    /// Which device was asked for last.
    pub(super) asked: DevicePick,
    /// What is open, while the state says so.
    pub(super) open: Option<OpenDevice>,
    /// It was asked for by what is chosen, and no list has told since whether it is that.
    pub(super) unproven: bool,
    /// Which one the system prefers, as far as it was told.
    pub(super) preferred: Option<ListedDevice>,
    /// It is on, and the system mutes it.
    pub(super) muted_by_system: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Off,
    Starting(RequestId),
    On,
    /// On, while another is being opened to take its place.
    Switching {
        request: RequestId,
        /// What to go back to.
        from: Option<ChosenDevice>,
        /// The old one was closed first, since the system opens one at a time.
        alone: bool,
        /// Because the system prefers it now.
        follows: bool,
    },
    /// It went by itself, and another is being opened in its place.
    Replacing {
        request: RequestId,
        /// The name of the one that went.
        gone: String,
    },
    Failed(MediaError),
}

impl State {
    pub(super) fn is_idle(&self) -> bool {
        matches!(self, Self::Off | Self::Failed(_))
    }

    /// Whether a track is there, were it the old one.
    pub(super) fn is_on(&self) -> bool {
        matches!(self, Self::On | Self::Switching { alone: false, .. })
    }

    pub(super) fn awaits(&self, answer: RequestId) -> bool {
        match self {
            Self::Starting(request) | Self::Switching { request, .. } | Self::Replacing { request, .. } => {
                *request == answer
            }
            Self::Off | Self::On | Self::Failed(_) => false,
        }
    }

    pub(super) fn view(&self) -> DeviceView {
        match self {
            Self::Off => DeviceView::Off,
            Self::Starting(_) | Self::Replacing { .. } | Self::Switching { alone: true, .. } => {
                DeviceView::Starting
            }
            Self::On | Self::Switching { .. } => DeviceView::On,
            Self::Failed(error) => DeviceView::Failed(*error),
        }
    }
}
