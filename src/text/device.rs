//! Words for what keeps a camera or a microphone from working, each with the way out.

use call_core::{Device, MediaError};

use super::Texts;

/// Why a device is not to be had.
pub fn error(t: &Texts, device: Device, error: MediaError) -> &'static str {
    use Device::{Camera, Microphone};
    match (error, device) {
        (MediaError::NotAllowed, Camera) => t.camera_not_allowed,
        (MediaError::NotAllowed, Microphone) => t.microphone_not_allowed,
        (MediaError::Dismissed, Camera) => t.camera_dismissed,
        (MediaError::Dismissed, Microphone) => t.microphone_dismissed,
        (MediaError::BlockedBySystem, Camera) => t.camera_blocked_by_system,
        (MediaError::BlockedBySystem, Microphone) => t.microphone_blocked_by_system,
        (MediaError::NotFound, Camera) => t.camera_not_found,
        (MediaError::NotFound, Microphone) => t.microphone_not_found,
        (MediaError::NotReadable, Camera) => t.camera_not_readable,
        (MediaError::NotReadable, Microphone) => t.microphone_not_readable,
        (MediaError::TimedOut, Camera) => t.camera_timed_out,
        (MediaError::TimedOut, Microphone) => t.microphone_timed_out,
        (MediaError::Overconstrained, Camera) => t.camera_overconstrained,
        (MediaError::Overconstrained, Microphone) => t.microphone_overconstrained,
        (MediaError::Insecure, _) => t.devices_insecure,
        (MediaError::Other, Camera) => t.camera_other,
        (MediaError::Other, Microphone) => t.microphone_other,
    }
}

/// That the system mutes a device that is on, and what to look for.
pub fn muted_by_system(t: &Texts, device: Device) -> &'static str {
    match device {
        Device::Camera => t.camera_muted_by_system,
        Device::Microphone => t.microphone_muted_by_system,
    }
}

/// That a device stopped by itself.
pub fn lost(t: &Texts, device: Device) -> &'static str {
    match device {
        Device::Camera => t.camera_lost,
        Device::Microphone => t.microphone_lost,
    }
}

/// That the one that was chosen could not be opened.
pub fn kept(t: &Texts, device: Device) -> &'static str {
    match device {
        Device::Camera => t.camera_kept,
        Device::Microphone => t.microphone_kept,
    }
}
