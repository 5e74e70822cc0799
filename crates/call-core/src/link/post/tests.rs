//! The post by itself, over ways that do with parcels what they like.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// A signal that is told from others by its text.
fn signal(number: usize) -> Signal {
    Signal::Candidate(protocol::IceCandidate {
        candidate: number.to_string(),
        sdp_mid: None,
        sdp_m_line_index: None,
        username_fragment: None,
    })
}

fn parcel(number: u32, seen: u32) -> Parcel {
    Parcel {
        number,
        seen,
        signal: Some(signal(7)),
    }
}

#[test]
fn what_comes_twice_counts_once() {
    let (mut ann, mut bea) = (Post::default(), Post::default());
    let first = ann.send(signal(1)).expect("room");
    assert_eq!(bea.receive(first.clone()), [signal(1)]);
    assert_eq!(bea.receive(first), []);
}

#[test]
fn what_overtakes_waits_for_what_it_overtook() {
    let (mut ann, mut bea) = (Post::default(), Post::default());
    let first = ann.send(signal(1)).expect("room");
    let second = ann.send(signal(2)).expect("room");
    assert_eq!(bea.receive(second), []);
    assert_eq!(bea.receive(first), [signal(1), signal(2)]);
}

#[test]
fn what_was_seen_is_not_said_again() {
    let (mut ann, mut bea) = (Post::default(), Post::default());
    bea.receive(ann.send(signal(1)).expect("room"));
    assert!(ann.awaits() && bea.owes());
    let word = bea.acknowledge().expect("a word is owed");
    assert!(!bea.owes() && bea.acknowledge().is_none());
    assert_eq!(ann.receive(word), []);
    assert!(!ann.awaits());
    assert_eq!(ann.again(), []);
}

#[test]
fn a_peer_that_sees_nothing_costs_a_bounded_store() {
    let mut ann = Post::default();
    let kept = (0..2 * MOST_UNSEEN).filter(|number| ann.send(signal(*number)).is_some());
    let kept = kept.count();
    assert_eq!(kept, MOST_UNSEEN);
}

#[test]
fn numbers_that_make_no_sense_do_no_harm() {
    let mut ann = Post::default();
    for number in [0, u32::MAX, 1_000_000] {
        assert_eq!(ann.receive(parcel(number, u32::MAX)), []);
    }
    assert!(ann.early.is_empty(), "what is far ahead is not kept");
    assert_eq!(ann.receive(parcel(1, 0)), [signal(7)]);
}

proptest! {
    /// Whatever is lost, doubled and overtaken, all signals arrive once and in order, once what is left is said again.
    #[test]
    fn all_signals_arrive_once_and_in_order(fates in vec((any::<bool>(), any::<bool>(), any::<proptest::sample::Index>()), 1..40)) {
        let (mut ann, mut bea) = (Post::default(), Post::default());
        let mut air = Vec::new();
        let mut heard = Vec::new();
        for (number, (lost, doubled, place)) in fates.iter().enumerate() {
            let parcel = ann.send(signal(number)).expect("room");
            if !lost {
                air.insert(place.index(air.len() + 1), parcel.clone());
            }
            if *doubled {
                air.insert(place.index(air.len() + 1), parcel);
            }
            if place.index(3) == 0 && !air.is_empty() {
                heard.extend(bea.receive(air.remove(0)));
            }
        }
        for parcel in air.into_iter().chain(ann.again()) {
            heard.extend(bea.receive(parcel));
        }
        prop_assert_eq!(heard, (0..fates.len()).map(signal).collect::<Vec<_>>());
        ann.receive(bea.acknowledge().expect("a word is owed"));
        prop_assert!(!ann.awaits());
    }
}
