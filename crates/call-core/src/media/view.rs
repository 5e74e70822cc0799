//! What is shown of the user's own devices.

use super::device::resolve;
use super::{DEVICES, Media, listing};
use crate::{Core, Device, DeviceKind, ListedDevice, MediaError, OpenDevice, ScreenView};

/// The user's own devices, and the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaView {
    /// The camera.
    pub camera: DeviceView,
    /// The microphone.
    pub microphone: DeviceView,
    /// Whether the user wants to be silent; an open microphone then sends silence.
    pub muted: bool,
    /// Devices that are on, and give silence or black, since the system mutes them.
    pub muted_by_system: Vec<Device>,
    /// Whether calls go by relays alone, so that nobody learns the user's address.
    pub hide_address: bool,
    /// The screen that the user shares.
    pub screen: ScreenView,
    /// Which devices there are to choose from, each by a name of its own; without names until one was open.
    pub listed: Vec<ListedDevice>,
    /// Which of them are used, or would be.
    pub selected: SelectedDevices,
    /// Which of them the system chooses.
    pub by_system: BySystem,
    /// Those that are open, and what they give.
    pub open: Vec<OpenDevice>,
}

/// The ids of the devices that are used, or would be; none where the browser decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectedDevices {
    /// The camera.
    pub camera: Option<String>,
    /// The microphone.
    pub microphone: Option<String>,
    /// The speaker.
    pub speaker: Option<String>,
}

/// The kinds of device for which the user leaves the choice to the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BySystem {
    /// The camera.
    pub camera: bool,
    /// The microphone.
    pub microphone: bool,
    /// The speaker.
    pub speaker: bool,
}

impl Default for BySystem {
    fn default() -> Self {
        Self {
            camera: true,
            microphone: true,
            speaker: true,
        }
    }
}

/// One device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceView {
    /// Not in use.
    #[default]
    Off,
    /// The browser was asked for it.
    Starting,
    /// In use.
    On,
    /// Not to be had.
    Failed(MediaError),
}

impl DeviceView {
    /// Whether it is in use, or on its way to be.
    pub fn is_used(self) -> bool {
        matches!(self, Self::On | Self::Starting)
    }
}

impl Media {
    pub(crate) fn view(&self) -> MediaView {
        let selected = |device: Device| {
            let open = self.slot_of(device).open.as_ref().map(|open| open.id.clone());
            open.or(self.pick(device).0)
        };
        MediaView {
            camera: self.camera.state.view(),
            microphone: self.microphone.state.view(),
            muted: self.muted(),
            muted_by_system: DEVICES
                .into_iter()
                .filter(|device| self.muted_by_system(*device))
                .collect(),
            hide_address: self.choices.hide_address,
            listed: listing::choices(&self.listed),
            by_system: BySystem {
                camera: self.choices.camera.is_none(),
                microphone: self.choices.microphone.is_none(),
                speaker: self.choices.speaker.is_none(),
            },
            selected: SelectedDevices {
                camera: selected(Device::Camera),
                microphone: selected(Device::Microphone),
                speaker: resolve(self.choices.speaker.as_ref(), DeviceKind::Speaker, &self.listed).0,
            },
            open: DEVICES
                .into_iter()
                .filter_map(|device| self.slot_of(device).open.clone())
                .map(|open| OpenDevice {
                    label: listing::name(&open, &self.listed),
                    ..open
                })
                .collect(),
            ..MediaView::default()
        }
    }
}

impl MediaView {
    /// The devices, and the screen.
    pub(crate) fn of(core: &Core) -> Self {
        Self {
            screen: core.screen.view(),
            ..core.media.view()
        }
    }
}
