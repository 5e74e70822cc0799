//! Figures of samples that belong together, and of arbitrary ones.

use proptest::prelude::*;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn inbound(packets: u64, lost: u64, bytes: u64) -> Inbound {
    Inbound {
        packets,
        lost,
        bytes,
        ..Inbound::default()
    }
}

fn outbound(packets: u64, bytes: u64, lost: Option<u64>) -> Outbound {
    Outbound {
        packets,
        bytes,
        lost: lost.and_then(|lost| Permille::of(lost, 1000)),
        ..Outbound::default()
    }
}

fn sample(inbound: &[(Source, Inbound)], outbound: &[(Source, Outbound)]) -> Sample {
    Sample {
        inbound: inbound.iter().cloned().collect(),
        outbound: outbound.iter().cloned().collect(),
        ..Sample::default()
    }
}

#[test]
fn loss_and_bitrates_cover_the_span_between_samples() {
    use Source::{Camera, Microphone};
    let before = sample(
        &[
            (Microphone, inbound(1000, 50, 9_000)),
            (Camera, inbound(500, 0, 100_000)),
        ],
        &[(Microphone, outbound(900, 9_000, None))],
    );
    let now = sample(
        &[
            (Microphone, inbound(1050, 50, 13_000)),
            (Camera, inbound(545, 5, 221_000)),
        ],
        &[
            (Microphone, outbound(950, 13_000, Some(0))),
            (Camera, outbound(30, 40_000, Some(200))),
        ],
    );
    let figures = Figures::between(&before, &now, SECOND);
    assert_eq!(figures.lost_in, Permille::of(5, 100));
    assert_eq!(figures.down, Some(Kbps(1000)));
    assert_eq!(
        figures.up,
        Some(Kbps(32)),
        "a new stream counts from the next span on"
    );
    assert_eq!(figures.lost_out, Permille::of(0, 1));
}

#[test]
fn outbound_loss_is_weighted_by_packets() {
    use Source::{Camera, Microphone};
    let before = sample(
        &[],
        &[(Microphone, outbound(0, 0, None)), (Camera, outbound(0, 0, None))],
    );
    let now = sample(
        &[],
        &[
            (Microphone, outbound(50, 1, Some(0))),
            (Camera, outbound(150, 1, Some(100))),
        ],
    );
    assert_eq!(
        Figures::between(&before, &now, SECOND).lost_out,
        Permille::of(75, 1000)
    );
}

#[test]
fn restarted_counter_is_no_spike() {
    let camera = |stream| sample(&[(Source::Camera, stream)], &[]);
    let figures = Figures::between(
        &camera(inbound(9_000, 10, 9_000_000)),
        &camera(inbound(3, 3, 4_000)),
        SECOND,
    );
    assert_eq!((figures.down, figures.lost_in), (None, None));
}

prop_compose! {
    fn any_inbound()(packets in any::<u64>(), lost in any::<u64>(), bytes in any::<u64>()) -> Inbound {
        inbound(packets, lost, bytes)
    }
}

prop_compose! {
    fn any_outbound()(
        packets in any::<u64>(), bytes in any::<u64>(), lost in proptest::option::of(0_u64..2000)
    ) -> Outbound {
        outbound(packets, bytes, lost)
    }
}

fn any_source() -> impl Strategy<Value = Source> {
    (0_usize..4).prop_map(|at| Source::ALL[at])
}

fn any_sample() -> impl Strategy<Value = Sample> {
    let streams = (
        proptest::collection::btree_map(any_source(), any_inbound(), 0..4),
        proptest::collection::btree_map(any_source(), any_outbound(), 0..4),
    );
    streams.prop_map(|(inbound, outbound)| Sample {
        inbound,
        outbound,
        ..Sample::default()
    })
}

proptest! {
    #[test]
    fn any_two_samples_give_figures_in_range(
        before in any_sample(), now in any_sample(), millis in 0_u64..100_000
    ) {
        let figures = Figures::between(&before, &now, Duration::from_millis(millis));
        let shares = figures.lost_in.into_iter().chain(figures.lost_out);
        prop_assert!(shares.map(Permille::get).all(|share| share <= 1000));
        prop_assert!(millis > 0 || (figures.down, figures.up) == (None, None));
    }

    #[test]
    fn restarted_streams_add_nothing(before in any_sample(), now in any_sample()) {
        let figures = Figures::between(&before, &now, SECOND);
        let grew = |source: &Source| before.inbound.get(source).is_some_and(|then| {
            now.inbound[source].packets >= then.packets && now.inbound[source].bytes >= then.bytes
        });
        prop_assert_eq!(figures.down.is_some(), now.inbound.keys().any(grew));
    }
}
