//! Results of tests in the labs.

use crate::{Capabilities, ProbeFact, ProbeId, RequestId};

/// Result of a test.
#[derive(Clone, Debug, PartialEq)]
pub enum LabEvent {
    /// The browser reported something about a probe.
    ProbeReported {
        /// Id of the probe.
        probe: ProbeId,
        /// What the browser reported.
        fact: ProbeFact,
    },
    /// Features of the browser.
    CapabilitiesDetected(Capabilities),
    /// A recording ended.
    Recorded {
        /// Request that started the recording.
        request: RequestId,
        /// Object URL of the recording; `None` if there is none.
        url: Option<String>,
    },
}
