//! What is tested in a lab.

use crate::{Capabilities, ProbeFact, ProbeId, RequestId};

/// What came of a test.
#[derive(Clone, Debug, PartialEq)]
pub enum LabEvent {
    /// The browser tells something of a server that is tested.
    ProbeTold {
        /// Which test.
        probe: ProbeId,
        /// What.
        fact: ProbeFact,
    },
    /// What the browser can do.
    BrowserTold(Capabilities),
    /// A recording ended.
    Recorded {
        /// Which request.
        request: RequestId,
        /// Where it can be played; none if there is no recording.
        url: Option<String>,
    },
}
