//! Reads the records of `getStats()` (W3C webrtc-stats) into a [`Sample`]; no other code knows their names.
//!
//! Browsers leave out much of the specification and spell some members in their own way. Members that are
//! absent or make no sense stay absent, and no report can do harm.

use std::cell::Cell;
use std::time::Duration;

use crate::quality::{Inbound, Kbps, Limit, Outbound, Path, Permille, Picture, Sample};
use crate::{Source, Transport};

/// A record of a report, whose members are read by name.
pub trait Record {
    /// A text member.
    fn text(&self, name: &'static str) -> Option<String>;
    /// A numeric member.
    fn number(&self, name: &'static str) -> Option<f64>;
}

impl Sample {
    /// Reads a report; `mids` maps the `mid` of each transceiver to its source. Also returns the ids of the records that
    /// were used: those alone give the same sample, as long as the report has the same records.
    pub fn read<R: Record>(records: &[R], mids: &[(String, Source)]) -> (Self, Vec<String>) {
        let report = Report::of_all(records, mids);
        let pair = report.pair();
        let mut sample = Self {
            path: pair.and_then(|pair| report.path(pair)),
            round_trip: pair.and_then(|pair| seconds(pair, "currentRoundTripTime")),
            available: pair
                .and_then(|pair| pair.number("availableOutgoingBitrate"))
                .map(kbps),
            ..Self::default()
        };
        for record in report.of("inbound-rtp") {
            if let Some(source) = report.source(record) {
                sample.inbound.insert(source, report.inbound(record));
            }
        }
        for record in report.of("outbound-rtp") {
            if let Some(source) = report.source(record) {
                sample.outbound.insert(source, report.outbound(record));
            }
        }
        if sample.round_trip.is_none() {
            let mut told = report.of("remote-inbound-rtp");
            sample.round_trip = told.find_map(|record| seconds(record, "roundTripTime"));
        }
        (sample, report.used())
    }
}

/// A report with type and id of each record read once: reading them at each lookup would take longer than all the rest.
struct Report<'a, R> {
    records: Vec<Named<'a, R>>,
    mids: &'a [(String, Source)],
}

struct Named<'a, R> {
    kind: String,
    id: String,
    record: &'a R,
    used: Cell<bool>,
}

impl<'a, R> Named<'a, R> {
    fn used(&self) -> &'a R {
        self.used.set(true);
        self.record
    }
}

impl<'a, R: Record> Report<'a, R> {
    fn of_all(records: &'a [R], mids: &'a [(String, Source)]) -> Self {
        let named = |record: &'a R| {
            Some(Named {
                kind: record.text("type")?,
                id: record.text("id")?,
                record,
                used: Cell::new(false),
            })
        };
        let records = records.iter().filter_map(named).collect();
        Self { records, mids }
    }

    fn used(&self) -> Vec<String> {
        let used = self.records.iter().filter(|named| named.used.get());
        used.map(|named| named.id.clone()).collect()
    }

    /// The records of a kind, each used when it is reached.
    fn of(&self, kind: &'static str) -> impl Iterator<Item = &'a R> {
        let found = self.records.iter().filter(move |named| named.kind == kind);
        found.map(Named::used)
    }

    /// The record whose id is in a member of another record.
    fn follow(&self, record: &R, member: &'static str) -> Option<&'a R> {
        let id = record.text(member)?;
        let found = self.records.iter().find(|named| named.id == id);
        found.map(Named::used)
    }

    /// The candidate pair in use; without a `transport` record, the first pair that succeeded.
    fn pair(&self) -> Option<&'a R> {
        let chosen = self
            .of("transport")
            .find_map(|transport| self.follow(transport, "selectedCandidatePairId"));
        let succeeded = |pair: &&R| pair.text("state").as_deref() == Some("succeeded");
        chosen.or_else(|| self.of("candidate-pair").find(succeeded))
    }

    fn path(&self, pair: &R) -> Option<Path> {
        let local = self.follow(pair, "localCandidateId")?;
        let is_relay = |end: &R| end.text("candidateType").as_deref() == Some("relay");
        let far = self.follow(pair, "remoteCandidateId").is_some_and(is_relay);
        let near = is_relay(local);
        let transport = if near {
            local.text("relayProtocol")
        } else {
            local.text("protocol").filter(|_| !far)
        };
        Some(Path {
            relayed: near || far,
            transport: transport.as_deref().and_then(transport_of),
        })
    }

    /// The source of a stream: by its `mid`, or by its kind where the browser does not give one.
    fn source(&self, record: &R) -> Option<Source> {
        if let Some(mid) = record.text("mid") {
            return self
                .mids
                .iter()
                .find(|(of, _)| *of == mid)
                .map(|(_, source)| *source);
        }
        match record.text("kind")?.as_str() {
            "audio" => Some(Source::Microphone),
            "video" => Some(Source::Camera),
            _ => None,
        }
    }

    fn inbound(&self, record: &R) -> Inbound {
        Inbound {
            packets: count(record, "packetsReceived"),
            lost: count(record, "packetsLost"),
            bytes: count(record, "bytesReceived"),
            frames: count(record, "framesReceived"),
            decoded: record.number("totalSamplesReceived").map(|_| {
                count(record, "totalSamplesReceived").saturating_sub(count(record, "concealedSamples"))
            }),
            picture: picture(record),
            codec: self.codec(record),
        }
    }

    fn outbound(&self, record: &R) -> Outbound {
        let told = self.follow(record, "remoteId");
        Outbound {
            packets: count(record, "packetsSent"),
            bytes: count(record, "bytesSent"),
            lost: told.and_then(|told| told.number("fractionLost")).and_then(share),
            picture: picture(record),
            codec: self.codec(record),
            encoding: seconds(record, "totalEncodeTime").unwrap_or_default(),
            limit: record
                .text("qualityLimitationReason")
                .and_then(|reason| match reason.as_str() {
                    "cpu" => Some(Limit::Processor),
                    "bandwidth" => Some(Limit::Bandwidth),
                    "other" => Some(Limit::Other),
                    _ => None,
                }),
        }
    }

    /// Name of the codec, without the media type.
    fn codec(&self, record: &R) -> Option<String> {
        let kind = self.follow(record, "codecId")?.text("mimeType")?;
        kind.split_once('/').map(|(_, name)| name.to_owned())
    }
}

/// Size and rate of the video; `None` for a stream without frames.
fn picture(record: &impl Record) -> Option<Picture> {
    let picture = Picture {
        width: pixels(record, "frameWidth"),
        height: pixels(record, "frameHeight"),
        pace: pixels(record, "framesPerSecond"),
    };
    (picture.width > 0 && picture.height > 0 && picture.pace > 0).then_some(picture)
}

fn transport_of(name: &str) -> Option<Transport> {
    match name {
        "udp" => Some(Transport::Udp),
        "tcp" => Some(Transport::Tcp),
        "tls" => Some(Transport::Tls),
        _ => None,
    }
}

fn seconds(record: &impl Record, name: &'static str) -> Option<Duration> {
    Duration::try_from_secs_f64(record.number(name)?).ok()
}

// A cast from a float saturates, and turns NaN into 0.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a negative counter reads as 0"
)]
fn count(record: &impl Record, name: &'static str) -> u64 {
    record.number(name).map_or(0, |number| number as u64)
}

fn pixels(record: &impl Record, name: &'static str) -> u32 {
    u32::try_from(count(record, name)).unwrap_or(u32::MAX)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a negative rate reads as 0"
)]
fn kbps(bits: f64) -> Kbps {
    Kbps((bits / 1000.0) as u32)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
fn share(fraction: f64) -> Option<Permille> {
    let thousandths = (fraction.clamp(0.0, 1.0) * 1000.0).round() as u64;
    if fraction.is_nan() {
        None
    } else {
        Permille::of(thousandths, 1000)
    }
}

#[cfg(test)]
mod tests;
