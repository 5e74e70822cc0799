//! Texts about what keeps a camera or microphone from working, each with what to do about it.

use call_core::{Device, MediaError};

use super::Texts;

/// Why a device is unavailable.
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

/// The system mutes a device that is on, and where to look.
pub fn muted_by_system(t: &Texts, device: Device) -> &'static str {
    match device {
        Device::Camera => t.camera_muted_by_system,
        Device::Microphone => t.microphone_muted_by_system,
    }
}

/// A device stopped by itself.
pub fn lost(t: &Texts, device: Device) -> &'static str {
    match device {
        Device::Camera => t.camera_lost,
        Device::Microphone => t.microphone_lost,
    }
}

/// The chosen device could not be opened, so the current one stays.
pub fn kept(t: &Texts, device: Device) -> &'static str {
    match device {
        Device::Camera => t.camera_kept,
        Device::Microphone => t.microphone_kept,
    }
}
