//! Devices: which there are, which of them the user chose, and what an open one gives.

use serde::{Deserialize, Serialize};

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenDevice {
    /// Its id when it was chosen.
    pub id: String,
    /// Its name then.
    pub label: String,
    /// How many devices of its kind and name the browser listed before it.
    #[serde(default)]
    pub place: usize,
}

/// What the user chose, kept from visit to visit.
///
/// Keys of the JSON in which it is kept are names of the fields here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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

/// Where a camera looks (W3C Media Capture §4.3.8, `VideoFacingModeEnum`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facing {
    /// At the user, as a phone's front camera does.
    User,
    /// Away from the user, as the rear one does.
    Environment,
    /// To the user's left.
    Left,
    /// To the user's right.
    Right,
}

impl Facing {
    /// What `getSettings().facingMode` says.
    pub fn of(mode: &str) -> Option<Self> {
        match mode {
            "user" => Some(Self::User),
            "environment" => Some(Self::Environment),
            "left" => Some(Self::Left),
            "right" => Some(Self::Right),
            _ => None,
        }
    }
}

/// What the label of a camera that looks away from the user says: Chromium's on Android ("camera2 0, facing back"), those of Apple's
/// devices in the languages that users were seen with, and what makers of tablets write.
const REAR: [&str; 13] = [
    "back",
    "rear",
    "environment",
    "world",
    "arriere",
    "arrière",
    "rück",
    "rückkamera",
    "hinten",
    "trasera",
    "posteriore",
    "traseira",
    "задняя",
];

/// The same where words are not set apart.
const REAR_WITHIN: [&str; 4] = ["后置", "後置", "背面", "후면"];

impl OpenDevice {
    /// Whether a camera looks at the user, who then expects a mirror: as the track tells, or else as its label lets one guess. A
    /// camera of which nothing is known is taken for one on a desk.
    pub fn faces_user(&self) -> bool {
        if let Some(facing) = self.settings.facing {
            return facing == Facing::User;
        }
        let label = self.label.to_lowercase();
        let mut words = label.split(|letter: char| !letter.is_alphanumeric());
        let rear = words.any(|word| REAR.contains(&word));
        !rear && !REAR_WITHIN.iter().any(|part| label.contains(part))
    }
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
    /// Where a camera looks, as far as the browser knows.
    pub facing: Option<Facing>,
    /// Whether the system lets it give silence or black alone (`MediaStreamTrack.muted`).
    pub muted: bool,
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

    fn faces_user(label: &str, facing: Option<Facing>) -> bool {
        let settings = TrackSettings {
            facing,
            ..TrackSettings::default()
        };
        let (device, id, label) = (Device::Camera, String::new(), label.to_owned());
        OpenDevice {
            device,
            id,
            label,
            settings,
        }
        .faces_user()
    }

    #[test]
    fn what_a_camera_looks_at_is_told_by_its_track_or_its_label() {
        assert!(faces_user("Back", Some(Facing::User)), "the track counts more");
        for facing in [Facing::Environment, Facing::Left, Facing::Right] {
            assert!(!faces_user("Front", Some(facing)));
        }
        for front in [
            "",
            "Integrated Camera",
            "camera2 1, facing front",
            "FaceTime HD",
            "Feedback Cam",
            "前置摄像头",
        ] {
            assert!(faces_user(front, None), "{front}");
        }
        for rear in [
            "camera2 0, facing back",
            "Back Camera",
            "Rear camera",
            "Caméra arrière",
            "后置摄像头",
            "USB World",
        ] {
            assert!(!faces_user(rear, None), "{rear}");
        }
        assert_eq!(Facing::of("environment"), Some(Facing::Environment));
        assert_eq!(Facing::of("elsewhere"), None);
    }

    #[test]
    fn of_two_by_one_name_the_second_is_found_again() {
        let listed = [camera("a", "Front"), camera("b", "Web"), camera("c", "Web")];
        assert_eq!((place(&listed[1], &listed), place(&listed[2], &listed)), (0, 1));
        assert_eq!(pick_at(("old", "Web"), 1, &listed).as_deref(), Some("c"));
        assert_eq!(
            pick_at(("b", "Web"), 1, &listed).as_deref(),
            Some("b"),
            "an id counts more"
        );
        assert_eq!(
            pick_at(("old", "Web"), 1, &listed[..2]).as_deref(),
            Some("b"),
            "the one that is left"
        );
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
