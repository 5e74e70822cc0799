//! What is shown of the quality of a connection.

use std::time::Duration;

use protocol::{ParticipantId, UnixMillis, UserName};

use crate::{Kbps, Path, Permille, Picture, Source};

/// The quality of the connection with one other person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualityView {
    /// Who.
    pub peer: ParticipantId,
    /// Their name.
    pub name: UserName,
    /// How good it is.
    pub grade: Grade,
    /// Whether it has been poor for a while.
    pub weak: bool,
    /// The rest, while the user looks at it.
    pub details: Option<QualityDetails>,
}

/// How good a connection is, from the best to the worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Nothing to be noticed.
    #[default]
    Good,
    /// Something may be noticed.
    Fair,
    /// It disturbs.
    Poor,
}

/// Why a connection is no better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It takes long there and back.
    RoundTrip,
    /// Packets are lost on the way here.
    LossIn,
    /// Packets are lost on the way there.
    LossOut,
    /// The network holds back the picture that is sent.
    Bandwidth,
    /// This device's processor does.
    Processor,
}

/// All of a connection's quality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QualityDetails {
    /// The way that is in use.
    pub path: Option<Path>,
    /// What the browser thinks that it can send.
    pub available: Option<Kbps>,
    /// What arrives.
    pub inbound: Vec<StreamView>,
    /// What is sent.
    pub outbound: Vec<StreamView>,
    /// How many times video froze or sound was missing though it was sent, since the call began.
    pub stalls: u32,
    /// Why it is no better at this moment.
    pub causes: Vec<Cause>,
    /// The last minute, oldest first.
    pub points: Vec<QualityPoint>,
}

/// One stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamView {
    /// What it is.
    pub source: Source,
    /// What is seen, while anything is.
    pub picture: Option<Picture>,
    /// How it is coded.
    pub codec: Option<String>,
}

/// One second of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QualityPoint {
    /// When it ended.
    pub at: UnixMillis,
    /// There and back.
    pub round_trip: Option<Duration>,
    /// What did not arrive here.
    pub lost_in: Option<Permille>,
    /// What did not arrive there.
    pub lost_out: Option<Permille>,
    /// What arrived.
    pub down: Option<Kbps>,
    /// What was sent.
    pub up: Option<Kbps>,
}
