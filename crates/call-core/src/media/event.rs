//! The camera, the microphone and the speaker.

use crate::{Device, ListedDevice, MediaError, OpenDevice, RequestId};

/// What happened to devices.
#[derive(Clone, Debug, PartialEq)]
pub enum DeviceEvent {
    /// Those that were asked for are on.
    Opened {
        /// Which request.
        request: RequestId,
        /// Which devices, and what they give.
        open: Vec<OpenDevice>,
    },
    /// Those that were asked for are not to be had; none of them is on.
    Failed {
        /// Which request.
        request: RequestId,
        /// Why.
        error: MediaError,
    },
    /// One stopped by itself: it was unplugged, or its permission withdrawn.
    Lost(Device),
    /// The system mutes one that is on, or lets it go on: a switch on the device, a phone call, another program.
    Muted {
        /// Which.
        device: Device,
        /// Whether it is muted now.
        muted: bool,
    },
    /// Which there are now.
    Listed(Vec<ListedDevice>),
    /// How loud the microphone is: 0 is silence, 100 as loud as it gets.
    MicrophoneLevel(u8),
}
