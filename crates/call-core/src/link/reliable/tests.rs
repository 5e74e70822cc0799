//! Tests of reliable delivery over a transport that loses, duplicates and reorders.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// A signal that its text identifies.
fn signal(number: usize) -> Signal {
    Signal::Candidate(protocol::IceCandidate {
        candidate: number.to_string(),
        sdp_mid: None,
        sdp_m_line_index: None,
        username_fragment: None,
    })
}

fn envelope(number: u32, seen: u32) -> SignalEnvelope {
    SignalEnvelope {
        number,
        seen,
        signal: Some(signal(7)),
    }
}

#[test]
fn duplicate_counts_once() {
    let (mut ann, mut bea) = (ReliableSignals::default(), ReliableSignals::default());
    let first = ann.send(signal(1)).expect("room");
    assert_eq!(bea.receive(first.clone()), [signal(1)]);
    assert_eq!(bea.receive(first), []);
}

#[test]
fn early_signal_waits_for_missing_ones() {
    let (mut ann, mut bea) = (ReliableSignals::default(), ReliableSignals::default());
    let first = ann.send(signal(1)).expect("room");
    let second = ann.send(signal(2)).expect("room");
    assert_eq!(bea.receive(second), []);
    assert_eq!(bea.receive(first), [signal(1), signal(2)]);
}

#[test]
fn acked_signal_is_not_retransmitted() {
    let (mut ann, mut bea) = (ReliableSignals::default(), ReliableSignals::default());
    bea.receive(ann.send(signal(1)).expect("room"));
    assert!(ann.has_unacked() && bea.owes_ack());
    let word = bea.acknowledge().expect("an ack is due");
    assert!(!bea.owes_ack() && bea.acknowledge().is_none());
    assert_eq!(ann.receive(word), []);
    assert!(!ann.has_unacked());
    assert_eq!(ann.all_unacked(), []);
}

#[test]
fn unacked_signals_are_bounded() {
    let mut ann = ReliableSignals::default();
    let kept = (0..2 * MAX_UNACKED).filter(|number| ann.send(signal(*number)).is_some());
    let kept = kept.count();
    assert_eq!(kept, MAX_UNACKED);
}

#[test]
fn nonsense_sequence_numbers_are_harmless() {
    let mut ann = ReliableSignals::default();
    for number in [0, u32::MAX, 1_000_000] {
        assert_eq!(ann.receive(envelope(number, u32::MAX)), []);
    }
    assert!(ann.early.is_empty(), "signals far ahead are not buffered");
    assert_eq!(ann.receive(envelope(1, 0)), [signal(7)]);
}

proptest! {
    /// Under any loss, duplication and reordering, all signals arrive once and in order after one retransmission.
    #[test]
    fn all_signals_arrive_once_and_in_order(fates in vec((any::<bool>(), any::<bool>(), any::<proptest::sample::Index>()), 1..40)) {
        let (mut ann, mut bea) = (ReliableSignals::default(), ReliableSignals::default());
        let mut air = Vec::new();
        let mut heard = Vec::new();
        for (number, (lost, doubled, place)) in fates.iter().enumerate() {
            let envelope = ann.send(signal(number)).expect("room");
            if !lost {
                air.insert(place.index(air.len() + 1), envelope.clone());
            }
            if *doubled {
                air.insert(place.index(air.len() + 1), envelope);
            }
            if place.index(3) == 0 && !air.is_empty() {
                heard.extend(bea.receive(air.remove(0)));
            }
        }
        for envelope in air.into_iter().chain(ann.all_unacked()) {
            heard.extend(bea.receive(envelope));
        }
        prop_assert_eq!(heard, (0..fates.len()).map(signal).collect::<Vec<_>>());
        ann.receive(bea.acknowledge().expect("an ack is due"));
        prop_assert!(!ann.has_unacked());
    }
}
