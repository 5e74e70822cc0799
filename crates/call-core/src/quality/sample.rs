//! One look at a connection: what the browser counts (W3C webrtc-stats), in types with units.
//!
//! Counters are as the browser has them, since the connection or its streams began; differences are made elsewhere.
//! Whatever a browser does not say is absent.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::{Source, Transport};

/// What a connection's statistics say at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// The way that is in use.
    pub path: Option<Path>,
    /// From here to the other end and back.
    pub round_trip: Option<Duration>,
    /// What the browser thinks that it can send.
    pub available: Option<Kbps>,
    /// What arrives, by what it is.
    pub inbound: BTreeMap<Source, Inbound>,
    /// What is sent.
    pub outbound: BTreeMap<Source, Outbound>,
    /// What the user's microphone hears.
    pub voice: Option<Energy>,
    /// What elements of the page play at this moment: of video, how many frames they have shown (`totalVideoFrames`); 0 of sound. A
    /// source is absent while nothing plays it, or while the page is hidden.
    pub playing: BTreeMap<Source, u64>,
}

/// A stream that arrives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inbound {
    /// Packets that came.
    pub packets: u64,
    /// Packets that did not.
    pub lost: u64,
    /// Bytes that came, without headers.
    pub bytes: u64,
    /// Frames of video that came whole (`framesReceived`).
    pub frames: u64,
    /// Samples of sound that were decoded, without those made up for lost ones; absent where the browser does not count them.
    pub decoded: Option<u64>,
    /// What is seen, while anything is.
    pub picture: Option<Picture>,
    /// How it is coded, as in `VP8`.
    pub codec: Option<String>,
}

/// A stream that is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbound {
    /// Packets that were sent.
    pub packets: u64,
    /// Bytes that were sent, without headers.
    pub bytes: u64,
    /// How much of it the other end missed of late, as it says.
    pub lost: Option<Permille>,
    /// What is sent, while anything is.
    pub picture: Option<Picture>,
    /// How it is coded.
    pub codec: Option<String>,
    /// What keeps the picture from being better.
    pub limit: Option<Limit>,
}

/// The size and the pace of pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Pictures in a second.
    pub pace: u32,
}

/// How much sound there was; its square root over a span is the loudness in that span.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Energy {
    /// `totalAudioEnergy`.
    pub energy: f64,
    /// `totalSamplesDuration`, in seconds.
    pub seconds: f64,
}

/// The way between two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// Whether it goes by way of a TURN server.
    pub relayed: bool,
    /// By which transport, as far as this end knows: where the other end relays, it does not.
    pub transport: Option<Transport>,
}

/// What keeps a picture from being better (`qualityLimitationReason`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The processor.
    Processor,
    /// The network.
    Bandwidth,
    /// Something else.
    Other,
}

/// Thousands of bits in a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kbps(pub u32);

/// A share in thousandths, 1000 at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permille(u16);

impl Kbps {
    /// So many bytes in such a span; nothing is known of no time at all.
    pub fn of(bytes: u64, span: Duration) -> Option<Self> {
        let millis = u64::try_from(span.as_millis())
            .ok()
            .filter(|millis| *millis > 0)?;
        let kbps = bytes.saturating_mul(8) / millis;
        Some(Self(u32::try_from(kbps).unwrap_or(u32::MAX)))
    }
}

impl Permille {
    /// So many of all; nothing is known of none.
    pub fn of(part: u64, all: u64) -> Option<Self> {
        let share = u128::from(part.min(all)) * 1000 / u128::from(Some(all).filter(|all| *all > 0)?);
        u16::try_from(share).ok().map(Self)
    }

    /// The number of thousandths.
    pub fn get(self) -> u16 {
        self.0
    }
}
