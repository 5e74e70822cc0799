//! The user's device choices, stored for the next visit as one line of JSON.
//!
//! The entry may come from an older version, or may have been edited: an unreadable one counts as no choice.

use call_core::DeviceChoices;

use super::storage::{local, read as read_text, write};

const DEVICES: &str = "confab.devices";

/// The choices of earlier visits.
pub(super) fn read() -> DeviceChoices {
    let kept = read_text(local(), DEVICES);
    kept.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Stores the choices.
pub(super) fn keep(choices: &DeviceChoices) {
    write(local(), DEVICES, serde_json::to_string(choices).ok().as_deref());
}
