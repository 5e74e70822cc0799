//! Events of camera, microphone and speaker.

use crate::{Device, ListedDevice, MediaError, OpenDevice, RequestId};

/// An event of a device.
#[derive(Clone, Debug, PartialEq)]
pub enum DeviceEvent {
    /// The requested devices are on.
    Opened {
        /// Id of the request.
        request: RequestId,
        /// The devices and their settings.
        open: Vec<OpenDevice>,
    },
    /// The requested devices could not be opened; none of them is on.
    Failed {
        /// Id of the request.
        request: RequestId,
        /// Reason of the failure.
        error: MediaError,
    },
    /// A device stopped by itself: it was unplugged, or its permission was revoked.
    Lost(Device),
    /// The system muted or unmuted an open device: by a switch on the device, a phone call, another program.
    Muted {
        /// Camera or microphone.
        device: Device,
        /// Whether it is muted now.
        muted: bool,
    },
    /// The browser's list of devices now.
    Listed(Vec<ListedDevice>),
    /// Microphone level: 0 is silence, 100 the maximum.
    MicrophoneLevel(u8),
}
