//! Reads the browser's device list: distinct display names, and the system's default devices.

use crate::{DeviceKind, ListedDevice, OpenDevice};

/// Id of Chromium's entry for the system's default device (W3C Audio Output Devices §2.2 has it for speakers).
pub(crate) const DEFAULT: &str = "default";

/// Id of Chromium's entry on Windows for the default device for calls.
const COMMUNICATIONS: &str = "communications";

/// Whether an id is that of an entry that stands for another device in the list.
fn is_alias(id: &str) -> bool {
    matches!(id, DEFAULT | COMMUNICATIONS)
}

/// The devices to choose from: each once, and with a distinct name. The second device of a name gets the suffix `(2)`.
pub(crate) fn choices(listed: &[ListedDevice]) -> Vec<ListedDevice> {
    let mut choices: Vec<ListedDevice> = Vec::new();
    for device in listed.iter().filter(|device| !is_alias(&device.id)) {
        let taken = |label: &str| {
            let given = choices
                .iter()
                .any(|other| other.kind == device.kind && other.label == label);
            // A name that is a device's own label stays with that device.
            let own = |other: &ListedDevice| other.kind == device.kind && other.label == label;
            given || (label != device.label && listed.iter().any(own))
        };
        let mut label = device.label.clone();
        for number in 2.. {
            if label.is_empty() || !taken(&label) {
                break;
            }
            label = format!("{} ({number})", device.label);
        }
        choices.push(ListedDevice {
            label,
            ..device.clone()
        });
    }
    choices
}

/// Display name of an open device as in [`choices`], otherwise the label of its track.
pub(crate) fn name(open: &OpenDevice, listed: &[ListedDevice]) -> String {
    let kind = DeviceKind::from(open.device);
    let choices = choices(listed);
    let mut of_kind = choices.iter().filter(|device| device.kind == kind);
    let found = if is_alias(&open.id) {
        // "Default - Headset" is the headset.
        of_kind.find(|device| means(&open.label, device))
    } else {
        of_kind.find(|device| device.id == open.id)
    };
    found
        .map(|device| device.label.clone())
        .filter(|label| !label.is_empty())
        .unwrap_or_else(|| open.label.clone())
}

/// The system's default device of a kind, as far as the list shows it: the one named by Chromium's `default` entry,
/// otherwise the first in the list, where browsers put it (W3C Media Capture §9.2). `None` until the list has ids.
pub(crate) fn preferred(kind: DeviceKind, listed: &[ListedDevice]) -> Option<ListedDevice> {
    let of_kind = || {
        listed
            .iter()
            .filter(|device| device.kind == kind && !device.id.is_empty())
    };
    let Some(entry) = of_kind().find(|device| device.id == DEFAULT) else {
        return of_kind().next().cloned();
    };
    let mut others = of_kind().filter(|device| !is_alias(&device.id));
    let named = others.find(|device| means(&entry.label, device) && device.group == entry.group);
    Some(named.unwrap_or(entry).clone())
}

/// Whether the default is another device than before; a `default` entry keeps its id when its device changes.
pub(crate) fn differ(before: &ListedDevice, now: &ListedDevice) -> bool {
    before.id != now.id || (is_alias(&now.id) && before != now)
}

/// Whether the list has a `default` entry for this kind.
pub(crate) fn tells_preferred(kind: DeviceKind, listed: &[ListedDevice]) -> bool {
    listed
        .iter()
        .any(|device| device.kind == kind && device.id == DEFAULT)
}

/// Whether the label of an alias, such as "Default - Headset", refers to this device.
fn means(alias: &str, device: &ListedDevice) -> bool {
    !device.label.is_empty() && alias.ends_with(&device.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Device, TrackSettings};

    fn listed(kind: DeviceKind, id: &str, label: &str, group: &str) -> ListedDevice {
        ListedDevice {
            kind,
            id: id.to_owned(),
            label: label.to_owned(),
            group: group.to_owned(),
        }
    }

    fn microphone(id: &str, label: &str) -> ListedDevice {
        listed(DeviceKind::Microphone, id, label, &label[label.len().min(10)..])
    }

    fn labels(listed: &[ListedDevice]) -> Vec<String> {
        choices(listed).into_iter().map(|device| device.label).collect()
    }

    fn open(id: &str, label: &str) -> OpenDevice {
        OpenDevice {
            device: Device::Microphone,
            id: id.to_owned(),
            label: label.to_owned(),
            settings: TrackSettings::default(),
        }
    }

    #[test]
    fn devices_of_the_same_name_get_distinct_names() {
        let two = [
            microphone("a", "USB"),
            microphone("b", "USB"),
            microphone("c", "USB"),
        ];
        assert_eq!(labels(&two), ["USB", "USB (2)", "USB (3)"]);
        assert_eq!(name(&open("b", "USB"), &two), "USB (2)");
        let own = [
            microphone("a", "USB"),
            microphone("b", "USB"),
            microphone("c", "USB (2)"),
        ];
        assert_eq!(
            labels(&own),
            ["USB", "USB (3)", "USB (2)"],
            "a name of its own is kept"
        );
        let kinds = [
            microphone("a", "USB"),
            listed(DeviceKind::Speaker, "b", "USB", ""),
            listed(DeviceKind::Camera, "c", "", ""),
            listed(DeviceKind::Camera, "d", "", ""),
        ];
        assert_eq!(labels(&kinds), ["USB", "USB", "", ""]);
    }

    #[test]
    fn default_entry_is_no_choice() {
        let all = [
            listed(DeviceKind::Microphone, "default", "Default - Headset", "h"),
            listed(
                DeviceKind::Microphone,
                "communications",
                "Communications - Desk",
                "d",
            ),
            listed(DeviceKind::Microphone, "1", "Desk", "d"),
            listed(DeviceKind::Microphone, "2", "Headset", "h"),
        ];
        assert_eq!(labels(&all), ["Desk", "Headset"]);
        assert_eq!(preferred(DeviceKind::Microphone, &all), Some(all[3].clone()));
        assert_eq!(name(&open("default", "Default - Headset"), &all), "Headset");
        assert_eq!(name(&open("default", "Default"), &all), "Default");
    }

    #[test]
    fn group_decides_between_two_of_the_same_name() {
        let of = |id: &str, label: &str, group: &str| listed(DeviceKind::Microphone, id, label, group);
        let all = [
            of("default", "Default - USB", "b"),
            of("1", "USB", "a"),
            of("2", "USB", "b"),
        ];
        assert_eq!(preferred(DeviceKind::Microphone, &all), Some(all[2].clone()));
    }

    #[test]
    fn default_entry_for_another_device_differs() {
        let of = |label: &str, group: &str| listed(DeviceKind::Speaker, "default", label, group);
        let before = of("Default - Desk", "d");
        assert!(differ(&before, &of("Default - Headset", "h")));
        assert!(differ(&before, &of("Default - Desk", "e")));
        assert!(!differ(&before, &before));
    }

    #[test]
    fn without_a_default_entry_the_first_is_the_default() {
        let all = [microphone("1", "Desk"), microphone("2", "Headset")];
        assert_eq!(preferred(DeviceKind::Microphone, &all), Some(all[0].clone()));
        assert_eq!(preferred(DeviceKind::Camera, &all), None);
        assert_eq!(
            preferred(DeviceKind::Microphone, &[microphone("", "")]),
            None,
            "no ids yet"
        );
    }
}
