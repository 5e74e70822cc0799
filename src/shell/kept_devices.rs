//! What the user chose of devices, kept for the next visit as one line of JSON.
//!
//! What lies there may be of an older version, or of anybody's hand: what cannot be read of it is as never chosen.

use call_core::{ChosenDevice, DeviceChoices};
use serde_json::{Value, json};

use super::storage::{local, read as read_text, write};

const DEVICES: &str = "confab.devices";

/// What was chosen on earlier visits.
pub(super) fn read() -> DeviceChoices {
    let text = read_text(local(), DEVICES).unwrap_or_default();
    let kept: Value = serde_json::from_str(&text).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let chosen = |kind: &str| {
        let kept = &kept[kind];
        Some(ChosenDevice {
            id: text(&kept["id"])?,
            label: text(&kept["label"])?,
            place: kept["place"]
                .as_u64()
                .and_then(|place| usize::try_from(place).ok())
                .unwrap_or_default(),
        })
    };
    let on = |key: &str| kept[key].as_bool().unwrap_or(true);
    DeviceChoices {
        camera: chosen("camera"),
        microphone: chosen("microphone"),
        speaker: chosen("speaker"),
        camera_on: on("camera_on"),
        microphone_on: on("microphone_on"),
        hide_address: kept["hide_address"].as_bool().unwrap_or(false),
    }
}

/// Keeps what is chosen.
pub(super) fn keep(choices: &DeviceChoices) {
    let chosen = |device: &Option<ChosenDevice>| {
        let device = device.as_ref();
        device.map(|device| json!({ "id": device.id, "label": device.label, "place": device.place }))
    };
    let kept = json!({
        "camera": chosen(&choices.camera),
        "microphone": chosen(&choices.microphone),
        "speaker": chosen(&choices.speaker),
        "camera_on": choices.camera_on,
        "microphone_on": choices.microphone_on,
        "hide_address": choices.hide_address,
    });
    write(local(), DEVICES, Some(&kept.to_string()));
}
