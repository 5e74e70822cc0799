//! Which of the browser features that Confab uses are there.

/// Features of the browser. It reports them once; they do not change.
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

/// One feature of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Access to camera and microphone.
    Devices,
    /// Peer connections.
    Connections,
    /// Screen sharing.
    Screen,
    /// Playing on a speaker that the user chooses.
    SpeakerChoice,
    /// Recording.
    Recorder,
}

impl Capability {
    /// All features, the most important first.
    pub const ALL: [Self; 5] = [
        Self::Devices,
        Self::Connections,
        Self::Screen,
        Self::SpeakerChoice,
        Self::Recorder,
    ];

    /// Whether calls are impossible without the feature.
    pub fn is_needed(self) -> bool {
        matches!(self, Self::Devices | Self::Connections)
    }
}

impl Capabilities {
    /// Whether the browser has the feature.
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
