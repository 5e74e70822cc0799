//! What the browser can do, of what is used here.

/// What the browser can do; it tells once and for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The page is a secure context (W3C Secure Contexts).
    pub secure: bool,
    /// `getUserMedia`.
    pub devices: bool,
    /// `RTCPeerConnection`.
    pub connections: bool,
    /// `getDisplayMedia`.
    pub screen: bool,
    /// `setSinkId`.
    pub speaker_choice: bool,
    /// `MediaRecorder`.
    pub recorder: bool,
}

/// One thing that a browser can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Give camera and microphone.
    Devices,
    /// Connect with peers.
    Connections,
    /// Share a screen.
    Screen,
    /// Play by a speaker that the user chooses.
    SpeakerChoice,
    /// Record.
    Recorder,
}

impl Capability {
    /// All of them, what matters most first.
    pub const ALL: [Self; 5] = [
        Self::Devices,
        Self::Connections,
        Self::Screen,
        Self::SpeakerChoice,
        Self::Recorder,
    ];

    /// Whether there is no call without it.
    pub fn is_needed(self) -> bool {
        matches!(self, Self::Devices | Self::Connections)
    }
}

impl Capabilities {
    /// Whether the browser can do one of them.
    pub fn has(self, capability: Capability) -> bool {
        match capability {
            Capability::Devices => self.devices,
            Capability::Connections => self.connections,
            Capability::Screen => self.screen,
            Capability::SpeakerChoice => self.speaker_choice,
            Capability::Recorder => self.recorder,
        }
    }
}
