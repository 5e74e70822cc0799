//! Devices: which there are, which of them the user chose, and what an open one gives.

/// A device whose tracks are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Device {
    /// Gives pictures.
    Camera,
    /// Gives sound.
    Microphone,
}

/// A kind of device that can be chosen (W3C Media Capture §9.4, `MediaDeviceKind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviceKind {
    /// `videoinput`.
    Camera,
    /// `audioinput`.
    Microphone,
    /// `audiooutput`.
    Speaker,
}

impl From<Device> for DeviceKind {
    fn from(device: Device) -> Self {
        match device {
            Device::Camera => Self::Camera,
            Device::Microphone => Self::Microphone,
        }
    }
}

/// A device, as the browser lists it. Id and label are empty until the user allowed a device of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDevice {
    /// Of which kind.
    pub kind: DeviceKind,
    /// The browser's id for it on this site; another after the site's storage was cleared.
    pub id: String,
    /// Its name, as the system tells it; others may have the same.
    pub label: String,
    /// What the devices of one piece of hardware share, such as a headset's microphone and speaker (`groupId`).
    pub group: String,
}

/// A device that the user chose. Label and place find it again when ids have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChosenDevice {
    /// Its id when it was chosen.
    pub id: String,
    /// Its name then.
    pub label: String,
    /// How many devices of its kind and name the browser listed before it.
    pub place: usize,
}

/// What the user chose, kept from visit to visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceChoices {
    /// Which camera; none follows what the system prefers.
    pub camera: Option<ChosenDevice>,
    /// Which microphone.
    pub microphone: Option<ChosenDevice>,
    /// Which speaker.
    pub speaker: Option<ChosenDevice>,
    /// Whether to be seen.
    pub camera_on: bool,
    /// Whether to be heard.
    pub microphone_on: bool,
    /// Whether calls go by relays alone, so that nobody learns the user's address.
    pub hide_address: bool,
}

impl Default for DeviceChoices {
    /// Seen and heard, by what the browser prefers.
    fn default() -> Self {
        Self {
            camera: None,
            microphone: None,
            speaker: None,
            camera_on: true,
            microphone_on: true,
            hide_address: false,
        }
    }
}

impl DeviceChoices {
    /// The device chosen of a kind.
    pub fn chosen(&mut self, kind: DeviceKind) -> &mut Option<ChosenDevice> {
        match kind {
            DeviceKind::Camera => &mut self.camera,
            DeviceKind::Microphone => &mut self.microphone,
            DeviceKind::Speaker => &mut self.speaker,
        }
    }

    pub(crate) fn choice(&self, kind: DeviceKind) -> Option<&ChosenDevice> {
        match kind {
            DeviceKind::Camera => self.camera.as_ref(),
            DeviceKind::Microphone => self.microphone.as_ref(),
            DeviceKind::Speaker => self.speaker.as_ref(),
        }
    }
}

/// Which device to open: one by its id if it is there, or else whichever the browser prefers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DevicePick(pub Option<String>);

impl DevicePick {
    /// Whichever the browser prefers.
    pub fn any() -> Self {
        Self::default()
    }
}

/// A device that is open, and what it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenDevice {
    /// Which.
    pub device: Device,
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// How its track is.
    pub settings: TrackSettings,
}

/// `MediaStreamTrack.getSettings()` (W3C Media Capture §4.3.1), as far as the browser tells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TrackSettings {
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// Pictures a second.
    pub frames_per_second: Option<f64>,
    /// Samples a second.
    pub sample_rate: Option<u32>,
    /// How many.
    pub channels: Option<u32>,
    /// Whether it is on.
    pub echo_cancellation: Option<bool>,
    /// Whether it is on.
    pub noise_suppression: Option<bool>,
    /// Whether it is on.
    pub auto_gain_control: Option<bool>,
}

/// Finds a choice among the devices that there are: by its id, or else by its name and its place among those of that
/// name. Before the user has allowed any device the list tells nothing, and the id that was kept is as good a guess as any.
pub(crate) fn resolve(
    choice: Option<&ChosenDevice>,
    kind: DeviceKind,
    listed: &[ListedDevice],
) -> DevicePick {
    let Some(choice) = choice else {
        return DevicePick::any();
    };
    let of_kind = || listed.iter().filter(|device| device.kind == kind);
    let known = of_kind().any(|device| !device.id.is_empty());
    let by_id = of_kind().find(|device| device.id == choice.id);
    let named = || of_kind().filter(|device| device.label == choice.label && !choice.label.is_empty());
    let by_label = || named().nth(choice.place).or_else(|| named().next());
    DevicePick(match by_id.or_else(by_label) {
        Some(device) => Some(device.id.clone()),
        None if known => None,
        None => Some(choice.id.clone()).filter(|id| !id.is_empty()),
    })
}

/// How many devices of the same kind and name are listed before one.
pub(crate) fn place(device: &ListedDevice, listed: &[ListedDevice]) -> usize {
    let before = listed.iter().take_while(|other| other.id != device.id);
    before
        .filter(|other| other.kind == device.kind && other.label == device.label)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(id: &str, label: &str) -> ListedDevice {
        ListedDevice {
            kind: DeviceKind::Camera,
            id: id.to_owned(),
            label: label.to_owned(),
            group: String::new(),
        }
    }

    fn pick(choice: (&str, &str), listed: &[ListedDevice]) -> Option<String> {
        pick_at(choice, 0, listed)
    }

    fn pick_at(choice: (&str, &str), place: usize, listed: &[ListedDevice]) -> Option<String> {
        let choice = ChosenDevice {
            id: choice.0.to_owned(),
            label: choice.1.to_owned(),
            place,
        };
        resolve(Some(&choice), DeviceKind::Camera, listed).0
    }

    #[test]
    fn a_choice_is_found_by_its_id_and_by_its_name_when_ids_have_changed() {
        let listed = [camera("a", "Front"), camera("b", "Back")];
        assert_eq!(pick(("b", "Back"), &listed).as_deref(), Some("b"));
        assert_eq!(pick(("old", "Back"), &listed).as_deref(), Some("b"));
        assert_eq!(pick(("old", "Gone"), &listed), None);
    }

    #[test]
    fn before_the_list_tells_anything_the_kept_id_is_tried() {
        assert_eq!(pick(("b", "Back"), &[camera("", "")]).as_deref(), Some("b"));
        assert_eq!(pick(("b", "Back"), &[]).as_deref(), Some("b"));
        assert_eq!(
            resolve(None, DeviceKind::Camera, &[camera("a", "Front")]),
            DevicePick::any()
        );
    }

    #[test]
    fn a_microphone_is_never_taken_for_a_camera() {
        let listed = [ListedDevice {
            kind: DeviceKind::Microphone,
            ..camera("b", "Back")
        }];
        assert_eq!(
            pick(("x", "Back"), &listed).as_deref(),
            Some("x"),
            "no camera is listed"
        );
    }
}
