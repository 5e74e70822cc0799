//! The labs: pages on which a user tests devices and connection, without a room and without an account.
//!
//! - `loopback`: a call within the page, with its `trace`;
//! - `check`: a probe of each STUN and TURN server, with its `outcome`, and the resulting `findings`;
//! - `setup`: the devices, with a recording and a `verdict` on each part;
//! - `core`: the way into a lab and out of it.

mod candidate;
mod capability;
mod check;
mod core;
mod event;
mod findings;
mod intent;
mod loopback;
mod order;
mod outcome;
mod server;
mod setup;
mod trace;
mod verdict;

use std::sync::Arc;

use protocol::{ParticipantId, UserName};

use crate::DeviceView;
use crate::tracked::Tracked;

use check::Check;
use setup::SetUp;

pub use candidate::{CandidateKind, CandidateView};
pub use capability::{Capabilities, Capability};
pub use check::{CheckState, CheckView, ProbeView};
pub use event::LabEvent;
pub use findings::{Finding, FindingKind, Severity, findings};
pub use intent::LabIntent;
pub use loopback::{LoopbackState, LoopbackView};
pub use order::LabOrder;
pub use outcome::{CandidateError, Outcome, ProbeFact, ProbeId, Trouble};
pub use server::{Server, ServerRole};
pub use setup::{RecordingState, SetUpView};
pub use trace::{End, GatheringState, IceState, Meaning, Step, TraceEntry};
pub use verdict::{Part, Reason, Standing, Verdict};

pub(crate) use loopback::Loopback;

/// A test page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lab {
    /// The connection test.
    #[default]
    Connection,
    /// The device test.
    SetUp,
}

impl Lab {
    /// Both labs.
    pub const ALL: [Self; 2] = [Self::SetUp, Self::Connection];

    /// URL path of the lab.
    pub fn path(self) -> &'static str {
        match self {
            Self::Connection => "/check/connection",
            Self::SetUp => "/check/set-up",
        }
    }
}

/// State of the labs. The check of the servers also runs in a room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labs {
    pub(crate) loopback: Tracked<Loopback>,
    pub(crate) check: Tracked<Check>,
    pub(crate) set_up: Tracked<SetUp>,
    /// Path to return to.
    pub(crate) back: String,
    /// The peer whose missing connection is being explained.
    why: Option<ParticipantId>,
    /// State of camera and microphone when the trace last looked.
    devices: [DeviceView; 2],
}

/// The labs as they are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabView {
    /// The loopback call.
    pub loopback: Arc<LoopbackView>,
    /// The check of the servers.
    pub check: Arc<CheckView>,
    /// The device test.
    pub set_up: Arc<SetUpView>,
    /// Whether the user is signed out, so that the list of servers is unavailable.
    pub signed_out: bool,
    /// The peer whose missing connection is being explained.
    pub why: Option<Why>,
}

/// A peer without a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Participant id of the peer.
    pub peer: ParticipantId,
    /// User name of the peer.
    pub name: UserName,
}
