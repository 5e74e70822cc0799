//! The labs: pages on which a user tries out devices and connections, without a room and without an account.
//!
//! - `loopback`: a call within the page, with its `trace`;
//! - `check`: each STUN and TURN server by itself, with its `outcome`, and the `findings` in the end;
//! - `setup`: the devices by themselves, with a recording and a `verdict` on each part;
//! - `visit`: the way to a lab and out of it.

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

/// A page on which something is tried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lab {
    /// "Check my connection".
    #[default]
    Connection,
    /// "Check my set-up".
    SetUp,
}

impl Lab {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::SetUp, Self::Connection];

    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Connection => "/check/connection",
            Self::SetUp => "/check/set-up",
        }
    }
}

/// What goes on in the labs; the check of the servers goes on in a room too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labs {
    pub(crate) loopback: Tracked<Loopback>,
    pub(crate) check: Tracked<Check>,
    pub(crate) set_up: Tracked<SetUp>,
    /// The path to go back to.
    pub(crate) back: String,
    /// The peer of whom the user asks why there is no connection.
    why: Option<ParticipantId>,
    /// How camera and microphone were when it was last looked.
    devices: [DeviceView; 2],
}

/// What is shown of the labs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabView {
    /// The call within the page.
    pub loopback: Arc<LoopbackView>,
    /// The check of the servers.
    pub check: Arc<CheckView>,
    /// The set-up.
    pub set_up: Arc<SetUpView>,
    /// Whether the user is not signed in, so that the servers are not to be had.
    pub signed_out: bool,
    /// The peer of whom the user asks why there is no connection.
    pub why: Option<Why>,
}

/// A peer with whom there is no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The seat.
    pub peer: ParticipantId,
    /// The name.
    pub name: UserName,
}
