//! What the user chose of devices, kept for the next visit as one line of JSON.
//!
//! What lies there may be of an older version, or of anyone's hand: what cannot be read was never chosen.

use call_core::DeviceChoices;

use super::storage::{local, read as read_text, write};

const DEVICES: &str = "confab.devices";

/// What was chosen on earlier visits.
pub(super) fn read() -> DeviceChoices {
    let kept = read_text(local(), DEVICES);
    kept.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Keeps what is chosen.
pub(super) fn keep(choices: &DeviceChoices) {
    write(local(), DEVICES, serde_json::to_string(choices).ok().as_deref());
}
