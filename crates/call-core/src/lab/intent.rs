//! What the user does with the tests of devices and connection.

use protocol::ParticipantId;

use crate::Lab;

/// What the user wants from the labs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabIntent {
    /// Open a lab, leaving the current page.
    Open(Lab),
    /// Return to the page from which the lab was opened.
    Close,
    /// Turn camera and microphone on for a loopback call.
    StartLoopback,
    /// Start the loopback call.
    CallLoopback,
    /// End the loopback call and release the devices.
    HangUpLoopback,
    /// Probe each STUN and TURN server.
    CheckServers,
    /// Turn camera and microphone on in the device test.
    StartCapture,
    /// Turn both off again.
    StopCapture,
    /// Record both, for a few seconds.
    StartRecording,
    /// End the recording.
    StopRecording,
    /// Answer whether the test sound was heard.
    HeardTestSound(bool),
    /// Show why there is no connection with a participant.
    AskWhy(ParticipantId),
    /// Hide that explanation.
    CloseWhy,
}
