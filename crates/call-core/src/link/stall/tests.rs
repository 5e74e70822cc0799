//! Tests of stall detection: which steps are taken, and what is no stall.

use proptest::prelude::*;

use super::*;

const CAMERA: Source = Source::Camera;
const SCREEN: Source = Source::Screen;
const MICROPHONE: Source = Source::Microphone;

/// A source on one connection, sampled once a second.
struct Scene {
    stalls: Stalls,
    source: Source,
    now: u64,
    played: u64,
    arrived: u64,
    busy: bool,
}

impl Scene {
    /// A source that plays.
    fn of(source: Source) -> Self {
        let mut scene = Self {
            stalls: Stalls::default(),
            source,
            now: 100,
            played: 0,
            arrived: 0,
            busy: false,
        };
        scene.moves();
        scene.moves();
        scene
    }

    /// A second passes, in which `arrived` frames or packets arrive and `played` frames or samples are played.
    fn second(&mut self, arrived: u64, played: u64) -> Vec<Remedy> {
        self.now += 1;
        self.arrived += arrived;
        self.played += played;
        let inbound = Inbound {
            packets: self.arrived,
            frames: self.arrived,
            decoded: Some(self.played),
            ..Inbound::default()
        };
        let sample = Sample {
            inbound: [(self.source, inbound)].into(),
            playing: [(self.source, self.played)].into(),
            ..Sample::default()
        };
        self.look(&sample)
    }

    fn look(&mut self, sample: &Sample) -> Vec<Remedy> {
        let turn = Turn::at(UnixMillis(self.now * 1000)).on_busy_device(self.busy);
        let remedies = self.stalls.sampled(&turn, &[self.source], sample);
        remedies.into_iter().map(|(_, remedy)| remedy).collect()
    }

    fn moves(&mut self) {
        assert_eq!(self.second(50, 10), []);
        assert_eq!(self.stalls.view(), []);
    }

    /// The steps taken in `seconds` without playback, each with its second; `arrives` frames or packets arrive in each.
    fn stands_still(&mut self, seconds: u64, arrives: u64) -> Vec<(u64, Remedy)> {
        let mut done = Vec::new();
        for second in 1..=seconds {
            let remedies = self.second(arrives, 0);
            done.extend(remedies.into_iter().map(|remedy| (second, remedy)));
        }
        done
    }

    fn stall(&self) -> Option<StallView> {
        self.stalls.view().first().copied()
    }
}

const KEY_FRAME: Remedy = Remedy::Ask(Refresh::KeyFrame);
const TRACK: Remedy = Remedy::Ask(Refresh::Track);

#[test]
fn frozen_video_is_recovered_in_steps() {
    let mut scene = Scene::of(CAMERA);
    assert_eq!(
        scene.stands_still(12, 10),
        [
            (2, KEY_FRAME),
            (4, TRACK),
            (6, Remedy::Renegotiate),
            (9, Remedy::Renew)
        ]
    );
    assert_eq!(scene.stalls.count(), 1);
    let stall = StallView {
        source: CAMERA,
        given_up: true,
    };
    assert_eq!(scene.stall(), Some(stall));
    assert!(scene.stalls.retry(), "the user may try again");
    assert!(!scene.stalls.retry(), "once");
    scene.second(50, 10);
    scene.moves();
}

#[test]
fn busy_device_gets_more_time_for_each_step() {
    let mut scene = Scene::of(CAMERA);
    scene.busy = true;
    assert_eq!(
        scene.stands_still(30, 10),
        [
            (6, KEY_FRAME),
            (12, TRACK),
            (18, Remedy::Renegotiate),
            (27, Remedy::Renew)
        ]
    );
}

#[test]
fn new_epoch_gets_its_time_before_giving_up() {
    let mut scene = Scene::of(CAMERA);
    scene.stands_still(9, 10);
    scene.stalls = scene.stalls.renewed();
    (scene.arrived, scene.played) = (0, 0);
    assert_eq!(scene.stands_still(9, 10), []);
    assert!(scene.stall().is_some_and(|stall| !stall.given_up));
    assert_eq!(scene.stands_still(1, 10), []);
    assert!(scene.stall().is_some_and(|stall| stall.given_up));
}

#[test]
fn recovered_video_starts_again_at_the_first_step() {
    let mut scene = Scene::of(CAMERA);
    assert_eq!(scene.stands_still(3, 10), [(2, KEY_FRAME)]);
    scene.moves();
    assert_eq!(scene.stands_still(2, 10), [(2, KEY_FRAME)], "from the first step");
    assert_eq!(scene.stalls.count(), 2);
}

#[test]
fn camera_with_stopped_encoder_is_recovered() {
    let mut scene = Scene::of(CAMERA);
    let steps = scene.stands_still(12, 0);
    assert_eq!(steps.last(), Some(&(9, Remedy::Renew)));
}

#[test]
fn slow_network_gets_no_new_epoch() {
    let mut scene = Scene::of(CAMERA);
    // A whole frame every eight seconds, which is never decoded.
    let seconds = 1..=30_u64;
    let remedies = seconds.flat_map(|second| scene.second(u64::from(second % 8 == 0), 0));
    assert_eq!(
        remedies.collect::<Vec<_>>(),
        [KEY_FRAME, TRACK, Remedy::Renegotiate]
    );
}

#[test]
fn still_screen_is_left_alone() {
    let mut scene = Scene::of(SCREEN);
    assert_eq!(scene.stands_still(30, 0), []);
    assert_eq!(
        scene.stands_still(3, 1),
        [(3, KEY_FRAME)],
        "frames arrive, and none is shown"
    );
}

#[test]
fn undecoded_audio_is_recovered() {
    let mut scene = Scene::of(MICROPHONE);
    assert_eq!(
        scene.stands_still(8, 50),
        [(2, TRACK), (4, Remedy::Renegotiate), (7, Remedy::Renew)]
    );
}

#[test]
fn silent_microphone_is_recovered_but_not_silent_screen() {
    assert_eq!(Scene::of(MICROPHONE).stands_still(2, 0), [(2, TRACK)]);
    assert_eq!(Scene::of(Source::ScreenSound).stands_still(20, 0), []);
}

#[test]
fn pauses_of_discontinuous_transmission_are_left_alone() {
    let mut scene = Scene::of(MICROPHONE);
    assert_eq!(scene.stands_still(6, 3), []);
    assert_eq!(scene.stands_still(1, 0), []);
}

#[test]
fn source_that_is_not_played_is_not_judged() {
    let mut scene = Scene::of(CAMERA);
    for _ in 0..30 {
        scene.now += 1;
        assert_eq!(scene.look(&Sample::default()), []);
    }
    assert_eq!(scene.stands_still(2, 10), [], "the first look is no pause");
}

#[test]
fn unobserved_time_is_not_judged() {
    let mut scene = Scene::of(CAMERA);
    scene.now += 600;
    assert_eq!(scene.stands_still(2, 10), []);
    assert_eq!(scene.stands_still(1, 10), [(1, KEY_FRAME)]);
}

#[test]
fn restarted_frame_counter_is_no_stall() {
    let mut scene = Scene::of(CAMERA);
    scene.played = 0;
    assert_eq!(scene.stands_still(2, 10), [], "the first look is no pause");
    assert_eq!(scene.stands_still(1, 10), [(1, KEY_FRAME)]);
}

#[test]
fn source_that_is_no_longer_sent_is_forgotten() {
    let mut scene = Scene::of(CAMERA);
    scene.stands_still(4, 10);
    let remedies = scene
        .stalls
        .sampled(&Turn::at(UnixMillis(0)), &[], &Sample::default());
    assert!(remedies.is_empty() && scene.stalls.view().is_empty());
}

proptest! {
    /// For any counters: steps are taken in order, each once per stall, and never while the source plays.
    #[test]
    fn steps_come_in_order_and_only_while_nothing_plays(
        seconds in prop::collection::vec((0_u64..60, prop_oneof![3 => Just(0_u64), 1 => 1_u64..30]), 1..120),
        source in prop::sample::select(Source::ALL.to_vec()),
    ) {
        let mut scene = Scene::of(source);
        let ladder: Vec<Remedy> = if source.is_sound() {
            SOUND.iter().map(|(_, remedy)| *remedy).collect()
        } else {
            VIDEO.iter().map(|(_, remedy)| *remedy).collect()
        };
        let (mut taken, mut still) = (0, 0_u64);
        for (arrived, played) in seconds {
            let remedies = scene.second(arrived, played);
            still = if played > 0 { 0 } else { still + 1 };
            if played > 0 {
                taken = 0;
                prop_assert_eq!(&remedies, &[]);
                prop_assert_eq!(scene.stall(), None);
            }
            for remedy in remedies {
                prop_assert_eq!(Some(&remedy), ladder.get(taken));
                prop_assert!(still >= 2 * (taken as u64 + 1));
                taken += 1;
            }
            prop_assert_eq!(scene.stall().is_some(), taken > 0);
        }
    }

    /// For any counters and clock: the result stays within bounds.
    #[test]
    fn any_sample_is_handled(
        looks in prop::collection::vec(
            (any::<u64>(), any::<u64>(), any::<u64>(), any::<Option<u64>>(), any::<bool>(), any::<bool>()), 1..60),
    ) {
        let mut stalls = Stalls::default();
        for (now, played, arrived, decoded, plays, renews) in looks {
            let inbound = Inbound { packets: arrived, frames: arrived, decoded, ..Inbound::default() };
            let all = Source::ALL;
            let sample = Sample {
                inbound: all.map(|source| (source, inbound.clone())).into(),
                playing: all.into_iter().filter(|_| plays).map(|source| (source, played)).collect(),
                ..Sample::default()
            };
            let remedies = stalls.sampled(&Turn::at(UnixMillis(now)), &all, &sample);
            prop_assert!(remedies.len() <= all.len());
            prop_assert!(stalls.view().len() <= all.len());
            if renews {
                stalls = stalls.renewed();
            }
        }
    }
}
