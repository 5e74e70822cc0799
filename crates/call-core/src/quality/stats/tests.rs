//! Excerpts of reports as browsers give them, and reports that make no sense.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Number(f64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

type Entry = BTreeMap<String, Value>;

impl Record for Entry {
    fn text(&self, name: &'static str) -> Option<String> {
        match self.get(name)? {
            Value::Text(text) => Some(text.clone()),
            Value::Number(_) => None,
        }
    }

    fn number(&self, name: &'static str) -> Option<f64> {
        match self.get(name)? {
            Value::Number(number) => Some(*number),
            Value::Text(_) => None,
        }
    }
}

macro_rules! record {
    ($kind:literal, $id:literal $(, $name:ident: $value:expr)* $(,)?) => {
        Entry::from([
            ("type".to_owned(), Value::from($kind)),
            ("id".to_owned(), Value::from($id)),
            $((stringify!($name).to_owned(), Value::from($value)),)*
        ])
    };
}

fn read(records: &[Entry], mids: &[(String, Source)]) -> Sample {
    Sample::read(records, mids).0
}

#[test]
fn records_that_are_not_needed_are_not_used() {
    let (_, used) = Sample::read(&relayed(), &mids());
    for unused in ["P1", "M"] {
        assert!(!used.iter().any(|id| id == unused), "{unused} in {used:?}");
    }
}

fn mids() -> Vec<(String, Source)> {
    let names = ["0", "1", "2", "3"].map(str::to_owned);
    names.into_iter().zip(Source::ALL).collect()
}

/// A call over a TURN relay by TLS that receives a shared screen.
fn relayed() -> Vec<Entry> {
    vec![
        record!("transport", "T", selectedCandidatePairId: "P2"),
        record!("candidate-pair", "P1", state: "succeeded", currentRoundTripTime: 9.0),
        record!(
            "candidate-pair", "P2", localCandidateId: "L", remoteCandidateId: "R",
            currentRoundTripTime: 0.042, availableOutgoingBitrate: 1_250_400.0,
        ),
        record!("local-candidate", "L", candidateType: "relay", protocol: "udp", relayProtocol: "tls"),
        record!("remote-candidate", "R", candidateType: "srflx", protocol: "udp"),
        record!("codec", "C1", mimeType: "video/VP8"),
        record!("codec", "C2", mimeType: "audio/opus"),
        record!(
            "inbound-rtp", "I0", kind: "audio", mid: "0", codecId: "C2",
            packetsReceived: 500.0, packetsLost: -2.0, bytesReceived: 40_000.0,
        ),
        record!(
            "inbound-rtp", "I1", kind: "video", mid: "1", codecId: "C1", packetsReceived: 900.0,
            packetsLost: 12.0, bytesReceived: 800_000.0, frameWidth: 640.0, frameHeight: 360.0, framesPerSecond: 29.0,
        ),
        record!("inbound-rtp", "I2", kind: "video", mid: "2", frameWidth: 1280.0, frameHeight: 720.0),
        record!("outbound-rtp", "O0", kind: "audio", mid: "0", packetsSent: 400.0, bytesSent: 30_000.0),
        record!("media-source", "M", totalAudioEnergy: 0.5, totalSamplesDuration: 12.0),
        record!(
            "outbound-rtp", "O1", kind: "video", mid: "1", remoteId: "RI", packetsSent: 700.0, bytesSent: 600_000.0,
            frameWidth: 320.0, frameHeight: 180.0, framesPerSecond: 15.0, qualityLimitationReason: "cpu",
        ),
        record!("remote-inbound-rtp", "RI", fractionLost: 0.125, roundTripTime: 0.9),
    ]
}

#[test]
fn pair_in_use_gives_path_round_trip_and_bitrate() {
    let sample = read(&relayed(), &mids());
    let path = Path {
        relayed: true,
        transport: Some(Transport::Tls),
    };
    assert_eq!(sample.path, Some(path));
    assert_eq!(sample.round_trip, Some(Duration::from_millis(42)));
    assert_eq!(sample.available, Some(Kbps(1250)));
}

#[test]
fn streams_are_identified_by_mid() {
    let sample = read(&relayed(), &mids());
    let camera = &sample.inbound[&Source::Camera];
    let picture = Picture {
        width: 640,
        height: 360,
        pace: 29,
    };
    assert_eq!((camera.packets, camera.lost, camera.bytes), (900, 12, 800_000));
    assert_eq!(camera.picture, Some(picture));
    assert_eq!(camera.codec.as_deref(), Some("VP8"));
    assert_eq!(sample.inbound[&Source::Screen].picture, None, "no frames arrive");
    let sound = &sample.inbound[&Source::Microphone];
    assert_eq!(sound.lost, 0, "packets that came twice make it negative");
    assert_eq!(sound.codec.as_deref(), Some("opus"));
}

#[test]
fn outbound_streams_have_loss_and_limit() {
    let sample = read(&relayed(), &mids());
    let camera = &sample.outbound[&Source::Camera];
    assert_eq!(camera.lost.map(Permille::get), Some(125));
    assert_eq!(camera.limit, Some(Limit::Processor));
    assert_eq!(sample.outbound[&Source::Microphone].lost, None);
}

#[test]
fn transport_is_unknown_where_the_peer_relays() {
    let path = |local: &str, remote: &str| {
        let records = [
            record!("candidate-pair", "P", state: "succeeded", localCandidateId: "L", remoteCandidateId: "R"),
            record!("local-candidate", "L", candidateType: local, protocol: "tcp"),
            record!("remote-candidate", "R", candidateType: remote),
        ];
        read(&records, &[]).path.expect("a path")
    };
    let direct = path("host", "prflx");
    assert_eq!((direct.relayed, direct.transport), (false, Some(Transport::Tcp)));
    let theirs = path("srflx", "relay");
    assert_eq!((theirs.relayed, theirs.transport), (true, None));
}

#[test]
fn sparse_report_is_read_as_far_as_it_goes() {
    assert_eq!(read(&[], &mids()), Sample::default());
    let records = [
        record!("inbound-rtp", "I", kind: "video", packetsReceived: 7.0),
        record!("inbound-rtp", "J", kind: "smell", packetsReceived: 7.0),
        record!("inbound-rtp", "K", kind: "video", mid: "9", packetsReceived: 8.0),
        record!("remote-inbound-rtp", "RI", roundTripTime: 0.1),
    ];
    let sample = read(&records, &mids());
    assert_eq!(sample.inbound.len(), 1);
    assert_eq!(sample.inbound[&Source::Camera].packets, 7);
    assert_eq!(sample.round_trip, Some(Duration::from_millis(100)));
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<f64>().prop_map(Value::Number),
        prop_oneof![Just("P2"), Just("L"), Just("video"), Just("relay"), Just("?")].prop_map(Value::from),
    ]
}

/// A record, one of its members, and the value that it gets.
type Change = (usize, usize, Value);

fn any_changes() -> impl Strategy<Value = Vec<Change>> {
    proptest::collection::vec((0_usize..14, 0_usize..12, any_value()), 0..40)
}

fn changed(changes: Vec<Change>) -> Vec<Entry> {
    let mut records = relayed();
    for (record, member, value) in changes {
        let record = &mut records[record];
        let name = record.keys().nth(member % record.len()).cloned();
        if let Some(name) = name {
            record.insert(name, value);
        }
    }
    records
}

proptest! {
    #[test]
    fn any_report_is_harmless(changes in any_changes()) {
        let sample = read(&changed(changes), &mids());
        let lost = sample.outbound.values().filter_map(|sent| sent.lost);
        prop_assert!(lost.map(Permille::get).all(|lost| lost <= 1000));
    }

    #[test]
    fn records_that_were_used_give_the_same_sample(changes in any_changes()) {
        let records = changed(changes);
        let (sample, used) = Sample::read(&records, &mids());
        let needed = records.into_iter().filter(|record| {
            record.text("id").is_some_and(|id| used.contains(&id))
        });
        let needed: Vec<_> = needed.collect();
        let (again, used_again) = Sample::read(&needed, &mids());
        prop_assert_eq!(&again, &sample);
        prop_assert_eq!(used_again, used);
    }
}
