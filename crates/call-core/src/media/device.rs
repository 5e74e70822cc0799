//! Devices: those in the browser's list, those that the user chose, and the settings of an open one.

use serde::{Deserialize, Serialize};

/// A device whose tracks are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Device {
    /// Gives video.
    Camera,
    /// Gives audio.
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

/// A device in the browser's list. Id and label are empty until the user has allowed a device of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDevice {
    /// Kind of the device.
    pub kind: DeviceKind,
    /// The browser's id for the device on this site (`deviceId`); it changes when the site's storage is cleared.
    pub id: String,
    /// Name from the system; not unique.
    pub label: String,
    /// Shared by the devices of one piece of hardware, such as a headset's microphone and speaker (`groupId`).
    pub group: String,
}

/// A device that the user chose. Label and place find it again after ids have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenDevice {
    /// Its id at the time of the choice.
    pub id: String,
    /// Its name at the time of the choice.
    pub label: String,
    /// Number of devices of the same kind and name before it in the browser's list.
    #[serde(default)]
    pub place: usize,
}

/// The user's choices, kept between visits.
///
/// The field names are the keys of the stored JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceChoices {
    /// The chosen camera; `None` follows the system's default.
    pub camera: Option<ChosenDevice>,
    /// The chosen microphone; `None` follows the system's default.
    pub microphone: Option<ChosenDevice>,
    /// The chosen speaker; `None` follows the system's default.
    pub speaker: Option<ChosenDevice>,
    /// Whether the user wants the camera on.
    pub camera_on: bool,
    /// Whether the user wants the microphone unmuted.
    pub microphone_on: bool,
    /// Whether calls use relays only, so that no peer learns the user's IP address.
    pub hide_address: bool,
}

impl Default for DeviceChoices {
    /// Camera and microphone on, each the system's default.
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
    /// The chosen device of a kind.
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

/// Which device to open: the one with this id if it is there, otherwise the browser's default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DevicePick(pub Option<String>);

impl DevicePick {
    /// The browser's default.
    pub fn any() -> Self {
        Self::default()
    }
}

/// An open device and its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenDevice {
    /// Whether it is a camera or a microphone.
    pub device: Device,
    /// Id of the device.
    pub id: String,
    /// Name of the device.
    pub label: String,
    /// Settings of its track.
    pub settings: TrackSettings,
}

/// Direction in which a camera faces (W3C Media Capture §4.3.8, `VideoFacingModeEnum`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facing {
    /// Towards the user, as a phone's front camera.
    User,
    /// Away from the user, as a phone's rear camera.
    Environment,
    /// To the user's left.
    Left,
    /// To the user's right.
    Right,
}

impl Facing {
    /// Parses the value of `getSettings().facingMode`.
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

/// Words in the labels of rear cameras: Chromium's on Android ("camera2 0, facing back"), those of Apple's
/// devices in the languages that users were seen with, and those that makers of tablets use.
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

/// The same, for languages without spaces between words.
const REAR_WITHIN: [&str; 4] = ["后置", "後置", "背面", "후면"];

impl OpenDevice {
    /// Whether a camera faces the user, who then expects a mirror image: from the track's settings, otherwise
    /// guessed from the label. Without evidence, it is taken for one on a desk, which faces the user.
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

/// `MediaStreamTrack.getSettings()` (W3C Media Capture §4.3.1), as far as the browser reports it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TrackSettings {
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// Frames per second.
    pub frames_per_second: Option<f64>,
    /// Samples per second.
    pub sample_rate: Option<u32>,
    /// Number of audio channels.
    pub channels: Option<u32>,
    /// Whether echo cancellation is on.
    pub echo_cancellation: Option<bool>,
    /// Whether noise suppression is on.
    pub noise_suppression: Option<bool>,
    /// Whether automatic gain control is on.
    pub auto_gain_control: Option<bool>,
    /// Direction in which a camera faces, if the browser knows it.
    pub facing: Option<Facing>,
    /// Whether the system mutes the track, which then gives only silence or black (`MediaStreamTrack.muted`).
    pub muted: bool,
}

/// Finds a chosen device in the browser's list: by its id, otherwise by its name and its place among devices
/// of that name. Before the user has allowed a device the list has no ids, and the stored id is tried.
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

/// Number of devices of the same kind and name before this one in the list.
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
    fn choice_is_found_by_id_or_else_by_name() {
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
    fn facing_comes_from_track_or_else_from_label() {
        assert!(faces_user("Back", Some(Facing::User)), "the track comes first");
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
    fn second_of_two_with_the_same_name_is_found_again() {
        let listed = [camera("a", "Front"), camera("b", "Web"), camera("c", "Web")];
        assert_eq!((place(&listed[1], &listed), place(&listed[2], &listed)), (0, 1));
        assert_eq!(pick_at(("old", "Web"), 1, &listed).as_deref(), Some("c"));
        assert_eq!(
            pick_at(("b", "Web"), 1, &listed).as_deref(),
            Some("b"),
            "the id outweighs the name"
        );
        assert_eq!(
            pick_at(("old", "Web"), 1, &listed[..2]).as_deref(),
            Some("b"),
            "the one that is left"
        );
    }

    #[test]
    fn stored_id_is_tried_before_the_list_has_ids() {
        assert_eq!(pick(("b", "Back"), &[camera("", "")]).as_deref(), Some("b"));
        assert_eq!(pick(("b", "Back"), &[]).as_deref(), Some("b"));
        assert_eq!(
            resolve(None, DeviceKind::Camera, &[camera("a", "Front")]),
            DevicePick::any()
        );
    }

    #[test]
    fn microphone_is_never_picked_as_camera() {
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
