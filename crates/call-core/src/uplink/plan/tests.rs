//! What the plan gives to whom.

use proptest::prelude::*;

use super::*;

const TILE: u32 = 240;

fn camera(lines: u32, limit: Option<u32>) -> Receiver {
    Receiver {
        shown: vec![(Video::Camera, lines)],
        limit: limit.map(Kbps),
    }
}

/// The lines of the first video of each receiver; 0 for a paused one.
fn lines(receivers: &[Receiver], cut: usize) -> Vec<u32> {
    let of = |planned: &Vec<(Video, Step)>| {
        let (video, step) = planned[0];
        step.map_or(0, |step| video.steps()[step].lines.unwrap_or(720))
    };
    plan(receivers, cut).iter().map(of).collect()
}

#[test]
fn without_a_limit_each_camera_is_as_large_as_its_tile() {
    let receivers = [camera(720, None), camera(TILE, None), camera(0, None)];
    assert_eq!(lines(&receivers, 0), [720, 270, 0]);
}

#[test]
fn narrow_uplink_shrinks_all_tiles_alike() {
    let receivers = vec![camera(TILE, Some(230)); 3];
    assert_eq!(lines(&receivers, 0), [180, 180, 180]);
}

#[test]
fn large_tile_takes_what_small_ones_leave() {
    let receivers = [
        camera(720, Some(230)),
        camera(TILE, Some(230)),
        camera(TILE, Some(230)),
    ];
    assert_eq!(lines(&receivers, 0), [270, 180, 180]);
}

#[test]
fn screen_comes_before_cameras_and_keeps_a_small_picture_of_them() {
    let both = Receiver {
        shown: vec![(Video::Camera, TILE), (Video::Screen, 700)],
        limit: Some(Kbps(500)),
    };
    assert_eq!(
        plan(&[both], 0),
        [[(Video::Camera, Some(1)), (Video::Screen, Some(1))]]
    );
}

#[test]
fn video_that_does_not_fit_is_paused() {
    assert_eq!(lines(&[camera(TILE, Some(40)), camera(TILE, None)], 0), [0, 270]);
}

#[test]
fn strained_device_cuts_cameras_but_no_screen() {
    let both = Receiver {
        shown: vec![(Video::Camera, 720), (Video::Screen, 700)],
        limit: None,
    };
    assert_eq!(
        plan(&[both], 3),
        [[(Video::Camera, Some(4)), (Video::Screen, Some(3))]]
    );
    assert_eq!(lines(&[camera(90, None)], 5), [90], "and never pauses one");
}

fn any_receiver() -> impl Strategy<Value = Receiver> {
    let lines = prop_oneof![1 => Just(0_u32), 4 => 1_u32..1500];
    let shown = (lines.clone(), proptest::option::of(lines));
    (shown, proptest::option::of(0_u32..4000)).prop_map(|((camera, screen), limit)| Receiver {
        shown: std::iter::once((Video::Camera, camera))
            .chain(screen.map(|lines| (Video::Screen, lines)))
            .collect(),
        limit: limit.map(Kbps),
    })
}

fn rate((video, step): (Video, Step)) -> u32 {
    step.map_or(0, |step| video.steps()[step].rate.0)
}

proptest! {
    #[test]
    fn plan_stays_within_the_budget(receivers in proptest::collection::vec(any_receiver(), 0..8), cut in 0_usize..6) {
        let planned = plan(&receivers, cut);
        let mut spent = 0;
        for (receiver, steps) in receivers.iter().zip(&planned) {
            let own: u32 = steps.iter().map(|step| rate(*step)).sum();
            if let Some(limit) = receiver.limit {
                prop_assert!(own <= limit.0 * BORROWS);
                spent += own;
            }
        }
        let budget: u32 = receivers.iter().filter_map(|receiver| receiver.limit).map(|limit| limit.0).sum();
        prop_assert!(spent <= budget, "{spent} of {budget}");
    }

    #[test]
    fn no_video_exceeds_its_tile_and_none_is_paused_without_need(
        receivers in proptest::collection::vec(any_receiver(), 0..8), cut in 0_usize..6
    ) {
        for (receiver, steps) in receivers.iter().zip(plan(&receivers, cut)) {
            for ((video, shown), (of, step)) in receiver.shown.iter().zip(steps) {
                prop_assert_eq!(*video, of);
                match step {
                    Some(step) => prop_assert!(*shown > 0 && step <= video.step_for(*shown)),
                    None => prop_assert!(*shown == 0 || receiver.limit.is_some()),
                }
            }
        }
    }

    #[test]
    fn wider_path_makes_no_large_picture_smaller(limit in 0_u32..4000, more in 0_u32..4000, others in 0_usize..6) {
        let with = |limit| {
            let mut receivers = vec![camera(720, Some(limit))];
            receivers.extend(vec![camera(TILE, Some(300)); others]);
            plan(&receivers, 0)[0][0].1
        };
        prop_assert!(with(limit + more) >= with(limit));
    }
}
