//! Quality over virtual time.

use proptest::prelude::*;

use super::*;
use crate::Inbound;

/// A sample of inbound audio with these counters and a round trip in milliseconds.
fn sample(packets: u64, lost: u64, round_trip: u64) -> Sample {
    let sound = Inbound {
        packets,
        lost,
        bytes: packets * 100,
        ..Inbound::default()
    };
    Sample {
        round_trip: Some(Duration::from_millis(round_trip)),
        inbound: [(Source::Microphone, sound)].into(),
        ..Sample::default()
    }
}

/// Feeds one sample per second with these round trips in milliseconds, and 50 packets each; returns the second after.
fn run(quality: &mut Quality, from: u64, round_trips: impl IntoIterator<Item = u64>) -> u64 {
    let mut second = from;
    for round_trip in round_trips {
        quality.sampled(UnixMillis(second * 1000), sample(second * 50, 0, round_trip));
        second += 1;
    }
    second
}

#[test]
fn no_grade_before_the_second_sample() {
    let mut quality = Quality::default();
    run(&mut quality, 0, [40]);
    assert_eq!(quality.grade(), None);
    run(&mut quality, 1, [40]);
    assert_eq!(quality.grade(), Some(Grade::Good));
    let points = quality.details(0).points;
    assert_eq!(
        (points.len(), points[0].down),
        (1, Some(crate::Kbps(40))),
        "50 packets of 100 bytes"
    );
}

#[test]
fn poor_connection_becomes_weak_until_it_is_better() {
    let mut quality = Quality::default();
    let now = run(&mut quality, 0, [40; 10]);
    let now = run(&mut quality, now, [900; 9]);
    assert_eq!((quality.grade(), quality.weak()), (Some(Grade::Poor), false));
    let now = run(&mut quality, now, [900; 3]);
    assert!(quality.weak());
    run(&mut quality, now, [40; 15]);
    assert_eq!((quality.grade(), quality.weak()), (Some(Grade::Good), false));
}

#[test]
fn a_few_lost_packets_do_not_change_the_grade() {
    let mut quality = Quality::default();
    for second in 0..20 {
        let lost = if second < 10 { 0 } else { 3 };
        quality.sampled(UnixMillis(second * 1000), sample(second * 50, lost, 40));
    }
    assert_eq!(quality.grade(), Some(Grade::Good));
    assert!(
        quality
            .details(0)
            .points
            .iter()
            .any(|point| point.lost_in > Permille::of(50, 1000))
    );
}

#[test]
fn hidden_time_and_new_connection_give_no_point() {
    let mut quality = Quality::default();
    run(&mut quality, 0, [40; 3]);
    run(&mut quality, 40, [40; 2]);
    assert_eq!(quality.details(0).points.len(), 3);
    let mut quality = quality.renewed();
    run(&mut quality, 42, [40]);
    assert_eq!(
        quality.details(0).points.len(),
        3,
        "its first sample has none to compare with"
    );
}

proptest! {
    #[test]
    fn at_most_a_minute_is_kept(
        samples in proptest::collection::vec((0_u64..200_000, 0_u64..9_000, 0_u64..900, 0_u64..3_000), 0..150)
    ) {
        let mut quality = Quality::default();
        for (now, packets, lost, round_trip) in samples {
            quality.sampled(UnixMillis(now), sample(packets, lost, round_trip));
        }
        let points = quality.details(0).points;
        prop_assert!(points.len() <= MOST_POINTS);
        prop_assert_eq!(quality.grade().is_some(), !points.is_empty());
    }
}
