//! What the list of devices means: names that tell all of them apart, and which of them the system prefers.

use crate::{DeviceKind, ListedDevice, OpenDevice};

/// Chromium's entry for whatever device the system prefers (W3C Audio Output Devices §2.2 has it for speakers).
pub(crate) const DEFAULT: &str = "default";

/// Chromium's entry on Windows for the device that the system prefers for calls.
const COMMUNICATIONS: &str = "communications";

/// Whether an entry stands for another one of the list.
fn is_alias(id: &str) -> bool {
    matches!(id, DEFAULT | COMMUNICATIONS)
}

/// The devices to choose from: each once, and each by a name of its own; the second of a name has `(2)` behind it.
pub(crate) fn choices(listed: &[ListedDevice]) -> Vec<ListedDevice> {
    let mut choices: Vec<ListedDevice> = Vec::new();
    for device in listed.iter().filter(|device| !is_alias(&device.id)) {
        let taken = |label: &str| {
            let given = choices
                .iter()
                .any(|other| other.kind == device.kind && other.label == label);
            // A name that another has by itself is left to it.
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

/// The name of an open device in [`choices`], or as its track tells it.
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

/// The device of a kind that the system prefers, as far as the list tells: the one that Chromium's entry for it names, or
/// else the first, where browsers put it (W3C Media Capture §9.2). Nothing before the list tells ids.
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

/// Whether the system prefers another device than before: an entry that stands for one keeps its id.
pub(crate) fn differ(before: &ListedDevice, now: &ListedDevice) -> bool {
    before.id != now.id || (is_alias(&now.id) && before != now)
}

/// Whether the list has an entry for what the system prefers.
pub(crate) fn tells_preferred(kind: DeviceKind, listed: &[ListedDevice]) -> bool {
    listed
        .iter()
        .any(|device| device.kind == kind && device.id == DEFAULT)
}

/// Whether the label of an alias, such as "Default - Headset", means a device.
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
    fn devices_of_one_name_are_told_apart() {
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
    fn an_entry_for_the_preferred_one_is_no_choice() {
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
    fn of_two_by_one_name_the_preferred_one_is_told_by_its_group() {
        let of = |id: &str, label: &str, group: &str| listed(DeviceKind::Microphone, id, label, group);
        let all = [
            of("default", "Default - USB", "b"),
            of("1", "USB", "a"),
            of("2", "USB", "b"),
        ];
        assert_eq!(preferred(DeviceKind::Microphone, &all), Some(all[2].clone()));
    }

    #[test]
    fn an_entry_that_stands_for_another_one_is_another() {
        let of = |label: &str, group: &str| listed(DeviceKind::Speaker, "default", label, group);
        let before = of("Default - Desk", "d");
        assert!(differ(&before, &of("Default - Headset", "h")));
        assert!(differ(&before, &of("Default - Desk", "e")));
        assert!(!differ(&before, &before));
    }

    #[test]
    fn without_such_an_entry_the_first_is_preferred() {
        let all = [microphone("1", "Desk"), microphone("2", "Headset")];
        assert_eq!(preferred(DeviceKind::Microphone, &all), Some(all[0].clone()));
        assert_eq!(preferred(DeviceKind::Camera, &all), None);
        assert_eq!(
            preferred(DeviceKind::Microphone, &[microphone("", "")]),
            None,
            "nothing is told yet"
        );
    }
}
