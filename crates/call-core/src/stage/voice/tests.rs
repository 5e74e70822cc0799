//! A voice over virtual time, in steps of 250 ms as in the app, and in random steps.

use proptest::prelude::*;

use super::*;
use crate::turn::tests::ordered;

const STEP: u64 = 250;

fn running() -> OwnVoice {
    OwnVoice {
        running: true,
        ..OwnVoice::default()
    }
}

/// Feeds this for some steps from a moment on; returns the moment after.
fn talk(voice: &mut OwnVoice, from: u64, steps: u64, loud: bool) -> u64 {
    for step in 0..steps {
        voice.heard(UnixMillis(from + step * STEP), loud);
    }
    from + steps * STEP
}

#[test]
fn voice_at_two_steps_is_speech_and_a_click_is_not() {
    let mut voice = running();
    let now = talk(&mut voice, 0, 1, true);
    assert!(!voice.speaks());
    let now = talk(&mut voice, now, 3, false);
    let now = talk(&mut voice, now, 1, true);
    assert!(!voice.speaks(), "two clicks with a pause between them");
    talk(&mut voice, now, 1, true);
    assert!(voice.speaks());
}

#[test]
fn a_pause_for_breath_is_not_the_end_of_speech() {
    let mut voice = running();
    let now = talk(&mut voice, 0, 4, true);
    let now = talk(&mut voice, now, 3, false);
    assert!(voice.speaks());
    let now = talk(&mut voice, now, 1, true);
    let now = talk(&mut voice, now, 4, false);
    assert!(voice.speaks(), "after 750 ms of silence");
    talk(&mut voice, now, 1, false);
    assert!(!voice.speaks());
}

#[test]
fn level_is_the_average_since_the_last_reading() {
    let level = |before: (f64, f64), now: (f64, f64)| {
        let energy = |(energy, seconds)| Energy { energy, seconds };
        energy(now).level_since(energy(before))
    };
    let quarter = level((2.0, 10.0), (2.0625, 11.0)).expect("a level");
    assert!((quarter - 0.25).abs() < 1e-3, "{quarter}");
    assert_eq!(level((2.0, 10.0), (0.5, 11.0)), None, "another source");
    assert_eq!(level((2.0, 10.0), (2.0, 10.0)), None);
    assert_eq!(level((f64::NAN, 1.0), (1.0, 2.0)), None);
}

#[test]
fn two_loud_readings_after_the_first_are_speech() {
    let mut voice = running();
    for reading in 0_u32..3 {
        assert!(!voice.speaks(), "after {reading} readings");
        let seconds = f64::from(reading) / 4.0;
        let energy = Energy {
            energy: 0.01 * seconds,
            seconds,
        };
        voice.measured(UnixMillis(u64::from(reading) * STEP), Some(energy));
    }
    assert!(voice.speaks());
}

#[test]
fn browser_without_energy_is_not_asked_again_and_the_meter_measures() {
    let mut voice = OwnVoice::default();
    let asked = ordered(Turn::default(), |turn| voice.run(turn, true));
    assert!(asked.contains(&Effect::MeasureVoice), "{asked:?}");
    assert!(!voice.needs_meter());
    voice.measured(UnixMillis(0), None);
    assert!(voice.needs_meter());
    assert_eq!(ordered(Turn::default(), |turn| voice.measure(turn)), []);
    talk(&mut voice, 0, 2, true);
    assert!(voice.speaks());
    ordered(Turn::default(), |turn| voice.run(turn, false));
    assert!(!voice.speaks() && !voice.needs_meter());
}

proptest! {
    #[test]
    fn nothing_flickers(steps in proptest::collection::vec((50_u64..700, any::<bool>()), 1..80)) {
        let mut voice = running();
        let (mut now, mut spoke, mut turned) = (0, false, 0);
        for (after, loud) in steps {
            now += after;
            voice.heard(UnixMillis(now), loud);
            if voice.speaks() != spoke {
                spoke = voice.speaks();
                let least = if spoke { 200 } else { 800 };
                prop_assert!(now - turned >= least || turned == 0);
                turned = now;
            }
        }
    }
}
