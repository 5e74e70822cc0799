//! The user's own devices as they are shown.

use super::device::resolve;
use super::{DEVICES, Media, listing};
use crate::{Core, Device, DeviceKind, ListedDevice, MediaError, OpenDevice, ScreenView};

/// The user's own devices, and the shared screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaView {
    /// State of the camera.
    pub camera: DeviceView,
    /// State of the microphone.
    pub microphone: DeviceView,
    /// Whether the user is muted; an open microphone then sends silence.
    pub muted: bool,
    /// Devices that are on but give only silence or black, as the system mutes them.
    pub muted_by_system: Vec<Device>,
    /// Whether calls use relays only, so that no peer learns the user's IP address.
    pub hide_address: bool,
    /// The screen that the user shares.
    pub screen: ScreenView,
    /// The devices to choose from, with distinct names; the names are empty until a device was open.
    pub listed: Vec<ListedDevice>,
    /// The devices that are used, or would be.
    pub selected: SelectedDevices,
    /// The kinds of device that the system chooses.
    pub by_system: BySystem,
    /// The open devices and their settings.
    pub open: Vec<OpenDevice>,
}

/// Ids of the devices that are used, or would be; `None` where the browser decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectedDevices {
    /// Id of the camera.
    pub camera: Option<String>,
    /// Id of the microphone.
    pub microphone: Option<String>,
    /// Id of the speaker.
    pub speaker: Option<String>,
}

/// The kinds of device for which the user leaves the choice to the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BySystem {
    /// Whether the system chooses the camera.
    pub camera: bool,
    /// Whether the system chooses the microphone.
    pub microphone: bool,
    /// Whether the system chooses the speaker.
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

/// State of a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceView {
    /// Not in use.
    #[default]
    Off,
    /// The device has been requested.
    Starting,
    /// In use.
    On,
    /// The device could not be opened.
    Failed(MediaError),
}

impl DeviceView {
    /// Whether the device is in use or starting.
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
    /// The devices and the screen of the core.
    pub(crate) fn of(core: &Core) -> Self {
        Self {
            screen: core.screen.view(),
            ..core.media.view()
        }
    }
}
