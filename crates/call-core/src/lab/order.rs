//! What is tested in a lab.

use protocol::http::IceServer;

use crate::{ProbeId, RequestId};

/// What to test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabOrder {
    /// Test one STUN or TURN server; tell what comes of it with `ProbeTold`.
    StartProbe {
        /// To be named in what is told.
        probe: ProbeId,
        /// Whether it is a relay: then something is sent through it.
        relay: bool,
        /// One address, and what belongs to it.
        server: IceServer,
    },
    /// Give back what the test of a server holds.
    StopProbe(ProbeId),
    /// Answer with `BrowserTold`.
    LookAtBrowser,
    /// Record what the devices give; answer with `Recorded` when it ends. A recording before it goes.
    Record(RequestId),
    /// End the recording.
    StopRecording,
    /// Give the recording back, made or under way.
    DropRecording,
}
