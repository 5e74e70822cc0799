//! State of one device, and of the request to the browser for it.

use crate::{ChosenDevice, DevicePick, DeviceView, ListedDevice, MediaError, OpenDevice, RequestId};

/// State of one device.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) state: State,
    /// The device that was requested last.
    pub(super) asked: DevicePick,
    /// The open device, while the state is one of the open ones.
    pub(super) open: Option<OpenDevice>,
    /// It was opened by the stored choice, and no list has confirmed yet that it is the chosen one.
    pub(super) unverified: bool,
    /// The system's default in the last list.
    pub(super) preferred: Option<ListedDevice>,
    /// It is on, and muted by the system.
    pub(super) muted_by_system: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Off,
    Starting(RequestId),
    On,
    /// On, while another one is being opened to replace it.
    Switching {
        request: RequestId,
        /// The previous choice, to return to if the new device fails.
        from: Option<ChosenDevice>,
        /// The old one was closed first, as the system opens only one at a time.
        alone: bool,
        /// The new one is the system's new default.
        follows: bool,
    },
    /// It stopped by itself, and another one is being opened.
    Replacing {
        request: RequestId,
        /// Name of the device that stopped.
        gone: String,
    },
    Failed(MediaError),
}

impl State {
    pub(super) fn is_idle(&self) -> bool {
        matches!(self, Self::Off | Self::Failed(_))
    }

    /// Whether there is a track, even if it is the old device's.
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
