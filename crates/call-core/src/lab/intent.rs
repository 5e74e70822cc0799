//! Tests of devices and of the connection.

use protocol::ParticipantId;

use crate::Lab;

/// What the user wants of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabIntent {
    /// Go to one of their pages, leaving what is open.
    Open(Lab),
    /// Go back to where the user was before.
    Close,
    /// Turn camera and microphone on, for a call within the page.
    StartLoopback,
    /// Call from one end of the page to the other.
    CallLoopback,
    /// End that call, and release the devices.
    HangUpLoopback,
    /// Try each of the STUN and TURN servers.
    CheckServers,
    /// Turn camera and microphone on, to see how they are.
    StartCapture,
    /// Turn them off again.
    StopCapture,
    /// Record what they give, for a few seconds.
    StartRecording,
    /// End the recording.
    StopRecording,
    /// Whether the test sound was heard.
    HeardTestSound(bool),
    /// Show why there is no connection with a participant.
    AskWhy(ParticipantId),
    /// Close that.
    CloseWhy,
}
