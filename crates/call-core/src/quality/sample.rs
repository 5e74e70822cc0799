//! A sample of a connection's statistics (W3C webrtc-stats), in types with units.
//!
//! Counters are the browser's, cumulative since the connection or the stream began. What a browser does not
//! report is absent.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::{Source, Transport};

/// Statistics of a connection at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// The path of the candidate pair in use.
    pub path: Option<Path>,
    /// Round-trip time to the peer.
    pub round_trip: Option<Duration>,
    /// The browser's estimate of the bitrate that it can send.
    pub available: Option<Kbps>,
    /// Inbound streams.
    pub inbound: BTreeMap<Source, Inbound>,
    /// Outbound streams.
    pub outbound: BTreeMap<Source, Outbound>,
    /// Sources that elements of the page play at this moment: for video the number of frames shown
    /// (`totalVideoFrames`), for audio 0. A source is absent while nothing plays it, or while the page is hidden.
    pub playing: BTreeMap<Source, u64>,
}

/// An inbound stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inbound {
    /// Packets received.
    pub packets: u64,
    /// Packets lost.
    pub lost: u64,
    /// Bytes received, without headers.
    pub bytes: u64,
    /// Complete video frames received (`framesReceived`).
    pub frames: u64,
    /// Audio samples decoded, without concealed ones; absent where the browser does not count them.
    pub decoded: Option<u64>,
    /// Size and rate of the video, while there is any.
    pub picture: Option<Picture>,
    /// Name of the codec, such as `VP8`.
    pub codec: Option<String>,
}

/// An outbound stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbound {
    /// Packets sent.
    pub packets: u64,
    /// Bytes sent, without headers.
    pub bytes: u64,
    /// Recent loss, as the peer reports it.
    pub lost: Option<Permille>,
    /// Size and rate of the video, while there is any.
    pub picture: Option<Picture>,
    /// Name of the codec.
    pub codec: Option<String>,
    /// What limits the quality of the video.
    pub limit: Option<Limit>,
    /// Time spent on encoding the video (`totalEncodeTime`).
    pub encoding: Duration,
}

/// Size and frame rate of a video stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Frames per second.
    pub pace: u32,
}

/// The network path to the peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// Whether it goes through a TURN server.
    pub relayed: bool,
    /// Transport, as far as this end knows it: unknown if only the peer uses a relay.
    pub transport: Option<Transport>,
}

/// What limits the quality of a video stream (`qualityLimitationReason`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The CPU of this device.
    Processor,
    /// The bandwidth of the network.
    Bandwidth,
    /// Another reason.
    Other,
}

/// Kilobits per second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kbps(pub u32);

/// A share in thousandths, at most 1000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permille(u16);

impl Kbps {
    /// The rate of these bytes over a span; `None` if the span is below a millisecond.
    pub fn of(bytes: u64, span: Duration) -> Option<Self> {
        let millis = u64::try_from(span.as_millis())
            .ok()
            .filter(|millis| *millis > 0)?;
        let kbps = bytes.saturating_mul(8) / millis;
        Some(Self(u32::try_from(kbps).unwrap_or(u32::MAX)))
    }
}

impl Permille {
    /// The share of `part` in `all`; `None` if `all` is zero.
    pub fn of(part: u64, all: u64) -> Option<Self> {
        let share = u128::from(part.min(all)) * 1000 / u128::from(Some(all).filter(|all| *all > 0)?);
        u16::try_from(share).ok().map(Self)
    }

    /// The number of thousandths.
    pub fn get(self) -> u16 {
        self.0
    }
}
