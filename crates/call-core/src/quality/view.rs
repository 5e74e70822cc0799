//! The quality of a connection as it is shown.

use std::time::Duration;

use protocol::{ParticipantId, UnixMillis, UserName};

use crate::{Kbps, Path, Permille, Picture, Source};

/// The quality of the connection with one peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualityView {
    /// Participant id of the peer.
    pub peer: ParticipantId,
    /// User name of the peer.
    pub name: UserName,
    /// Grade of the connection.
    pub grade: Grade,
    /// Whether it has been poor for a while.
    pub weak: bool,
    /// Details, while the user inspects the connection.
    pub details: Option<QualityDetails>,
}

/// Grade of a connection, from best to worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// No noticeable problem.
    #[default]
    Good,
    /// Problems may be noticeable.
    Fair,
    /// Problems disturb the call.
    Poor,
}

/// Cause of a grade below good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Long round trip.
    RoundTrip,
    /// Loss of inbound packets.
    LossIn,
    /// Loss of outbound packets.
    LossOut,
    /// The network limits the video that is sent.
    Bandwidth,
    /// The CPU of this device limits the video that is sent.
    Processor,
}

/// Details of a connection's quality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QualityDetails {
    /// The path of the candidate pair in use.
    pub path: Option<Path>,
    /// The browser's estimate of the bitrate that it can send.
    pub available: Option<Kbps>,
    /// Inbound streams.
    pub inbound: Vec<StreamView>,
    /// Outbound streams.
    pub outbound: Vec<StreamView>,
    /// How many times video froze or audio was missing although it was sent, since the call began.
    pub stalls: u32,
    /// Causes of the current grade.
    pub causes: Vec<Cause>,
    /// Figures of the last minute, oldest first.
    pub points: Vec<QualityPoint>,
}

/// A stream of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamView {
    /// The source of the stream.
    pub source: Source,
    /// Size and rate of the video, while there is any.
    pub picture: Option<Picture>,
    /// Name of the codec.
    pub codec: Option<String>,
}

/// Figures of one sampling interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QualityPoint {
    /// End of the interval.
    pub at: UnixMillis,
    /// Round-trip time.
    pub round_trip: Option<Duration>,
    /// Loss of inbound packets.
    pub lost_in: Option<Permille>,
    /// Loss of outbound packets.
    pub lost_out: Option<Permille>,
    /// Inbound bitrate.
    pub down: Option<Kbps>,
    /// Outbound bitrate.
    pub up: Option<Kbps>,
}
