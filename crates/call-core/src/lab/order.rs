//! What the shell does for the labs.

use protocol::http::IceServer;

use crate::{ProbeId, RequestId};

/// A test for the shell to run or to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabOrder {
    /// Probe one STUN or TURN server; report with `ProbeReported`.
    StartProbe {
        /// Id to use in the reports.
        probe: ProbeId,
        /// Whether the server is a relay; the probe then sends data through it.
        relay: bool,
        /// The server with one URL, and its credentials.
        server: IceServer,
    },
    /// Free what a probe holds.
    StopProbe(ProbeId),
    /// Detect the features of the browser; answer with `CapabilitiesDetected`.
    DetectCapabilities,
    /// Record the open devices; answer with `Recorded` when the recording ends. A previous recording is dropped.
    Record(RequestId),
    /// End the recording.
    StopRecording,
    /// Drop the recording, finished or not.
    DropRecording,
}
