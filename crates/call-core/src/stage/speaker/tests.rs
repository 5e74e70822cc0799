//! Voices over virtual time, in steps of 250 ms as in the app, and in random steps.

use proptest::prelude::*;

use super::*;

const ANN: ParticipantId = ParticipantId(1);
const BEA: ParticipantId = ParticipantId(2);
const LOUD: f32 = 0.2;
const STEP: u64 = 250;

/// Feeds these levels for some steps from a moment on; returns the moment after.
fn talk(speakers: &mut Speakers, from: u64, steps: u64, levels: &[(ParticipantId, f32)]) -> u64 {
    for step in 0..steps {
        speakers.heard(UnixMillis(from + step * STEP), levels);
    }
    from + steps * STEP
}

#[test]
fn voice_at_two_steps_is_speech_and_a_click_is_not() {
    let mut speakers = Speakers::default();
    let now = talk(&mut speakers, 0, 1, &[(ANN, LOUD)]);
    assert!(!speakers.speaks(ANN));
    let now = talk(&mut speakers, now, 3, &[(ANN, 0.0)]);
    let now = talk(&mut speakers, now, 1, &[(ANN, LOUD)]);
    assert!(!speakers.speaks(ANN), "two clicks with a pause between them");
    talk(&mut speakers, now, 1, &[(ANN, LOUD)]);
    assert!(speakers.speaks(ANN));
}

#[test]
fn a_pause_for_breath_is_not_the_end_of_speech() {
    let mut speakers = Speakers::default();
    let now = talk(&mut speakers, 0, 4, &[(ANN, LOUD)]);
    let now = talk(&mut speakers, now, 3, &[]);
    assert!(speakers.speaks(ANN));
    let now = talk(&mut speakers, now, 1, &[(ANN, LOUD)]);
    let now = talk(&mut speakers, now, 4, &[]);
    assert!(speakers.speaks(ANN), "after 750 ms of silence");
    talk(&mut speakers, now, 1, &[]);
    assert!(!speakers.speaks(ANN));
}

#[test]
fn last_speaker_changes_after_the_other_spoke_alone() {
    let mut speakers = Speakers::default();
    let now = talk(&mut speakers, 0, 8, &[(ANN, LOUD)]);
    assert_eq!(speakers.last_speaker(), Some(ANN));
    let now = talk(&mut speakers, now, 20, &[(ANN, LOUD), (BEA, LOUD)]);
    assert_eq!(speakers.last_speaker(), Some(ANN), "a speaker is not interrupted");
    let now = talk(&mut speakers, now, 6, &[(BEA, LOUD)]);
    assert_eq!(
        speakers.last_speaker(),
        Some(ANN),
        "her silence is not long enough"
    );
    let now = talk(&mut speakers, now, 1, &[(BEA, LOUD)]);
    assert_eq!(speakers.last_speaker(), Some(BEA));
    talk(&mut speakers, now, 100, &[]);
    assert_eq!(speakers.last_speaker(), Some(BEA), "silence changes nothing");
}

#[test]
fn sound_of_the_last_speaker_restarts_the_wait() {
    let mut speakers = Speakers::default();
    let now = talk(&mut speakers, 0, 8, &[(ANN, LOUD)]);
    let now = talk(&mut speakers, now, 4, &[(ANN, LOUD), (BEA, LOUD)]);
    let now = talk(&mut speakers, now, 5, &[(BEA, LOUD)]);
    assert!(!speakers.speaks(ANN));
    talk(&mut speakers, now, 1, &[(ANN, LOUD), (BEA, LOUD)]);
    assert_eq!(
        speakers.last_speaker(),
        Some(ANN),
        "Bea has not spoken alone for long enough"
    );
}

#[test]
fn no_speech_after_leaving_or_while_paused() {
    let mut speakers = Speakers::default();
    let now = talk(&mut speakers, 0, 8, &[(ANN, LOUD), (BEA, LOUD)]);
    speakers.own(LOUD);
    speakers.pause();
    assert!(!speakers.speaks(ANN) && !speakers.own_speaks());
    assert_eq!(
        speakers.last_speaker(),
        Some(ANN),
        "of two who began together, the first"
    );
    speakers.follow(|who| who == BEA);
    assert_eq!(speakers.last_speaker(), None);
    talk(&mut speakers, now, 8, &[(BEA, LOUD)]);
    assert_eq!(speakers.last_speaker(), Some(BEA));
}

#[test]
fn nan_level_is_silence() {
    let mut speakers = Speakers::default();
    talk(&mut speakers, 0, 20, &[(ANN, f32::NAN)]);
    assert!(!speakers.speaks(ANN));
}

/// An input at one step.
#[derive(Clone, Debug)]
struct Step {
    after: u64,
    levels: Vec<(ParticipantId, f32)>,
    leaves: Option<ParticipantId>,
}

fn any_person() -> impl Strategy<Value = ParticipantId> {
    (1_u64..5).prop_map(ParticipantId)
}

fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let levels = proptest::collection::vec((any_person(), prop_oneof![Just(0.0_f32), Just(LOUD)]), 0..5);
    let step = (50_u64..700, levels, proptest::option::weighted(0.1, any_person()));
    let step = step.prop_map(|(after, levels, leaves)| Step {
        after,
        levels,
        leaves,
    });
    proptest::collection::vec(step, 1..80)
}

proptest! {
    #[test]
    fn last_speaker_is_present_and_nothing_flaps(steps in any_steps()) {
        let mut speakers = Speakers::default();
        let (mut now, mut taken) = (0, None::<u64>);
        let mut present: Vec<ParticipantId> = Vec::new();
        let mut turned: BTreeMap<ParticipantId, (bool, u64)> = BTreeMap::new();
        for step in steps {
            now += step.after;
            let before = speakers.last_speaker();
            speakers.heard(UnixMillis(now), &step.levels);
            present.extend(step.levels.iter().map(|(who, _)| *who));
            if before != speakers.last_speaker() {
                let soon = taken.is_some_and(|taken| now - taken < 1_500);
                prop_assert!(before.is_none() || !soon, "it changed hands after {now:?} {taken:?}");
                prop_assert!(speakers.last_speaker().is_some_and(|who| speakers.speaks(who)));
                taken = Some(now);
            }
            for who in &present {
                let speaks = speakers.speaks(*who);
                let (spoke, since) = *turned.get(who).unwrap_or(&(false, 0));
                if speaks != spoke {
                    let least = if speaks { 200 } else { 800 };
                    prop_assert!(now - since >= least || since == 0);
                    turned.insert(*who, (speaks, now));
                }
            }
            if let Some(gone) = step.leaves {
                present.retain(|who| *who != gone);
                turned.remove(&gone);
                speakers.follow(|who| present.contains(&who));
            }
            prop_assert!(speakers.last_speaker().is_none_or(|who| present.contains(&who)));
        }
    }

    #[test]
    fn silence_never_changes_the_last_speaker(steps in any_steps(), silent in 1_u64..40) {
        let mut speakers = Speakers::default();
        let mut now = 0;
        for step in &steps {
            now += step.after;
            speakers.heard(UnixMillis(now), &step.levels);
        }
        // Let earlier speech end first, so that only silence follows.
        now = talk(&mut speakers, now + 1, 5, &[]);
        let before = speakers.last_speaker();
        talk(&mut speakers, now, silent, &[]);
        prop_assert_eq!(speakers.last_speaker(), before);
        prop_assert!((1..5).all(|who| !speakers.speaks(ParticipantId(who))));
    }

    #[test]
    fn lone_voice_becomes_the_last_speaker(steps in any_steps(), who in any_person()) {
        let mut speakers = Speakers::default();
        let mut now = 0;
        for step in &steps {
            now += step.after;
            speakers.heard(UnixMillis(now), &step.levels);
        }
        // Time for the others' speech to end, and for this one to begin and take over.
        talk(&mut speakers, now + 1, 16, &[(who, LOUD)]);
        prop_assert_eq!(speakers.last_speaker(), Some(who));
    }

    #[test]
    fn order_of_levels_does_not_matter(steps in any_steps()) {
        let (mut one, mut other) = (Speakers::default(), Speakers::default());
        let mut now = 0;
        for step in steps {
            now += step.after;
            let backwards: Vec<_> = step.levels.iter().rev().copied().collect();
            one.heard(UnixMillis(now), &step.levels);
            other.heard(UnixMillis(now), &backwards);
            prop_assert_eq!(one.last_speaker(), other.last_speaker());
            for who in 1..5 {
                prop_assert_eq!(one.speaks(ParticipantId(who)), other.speaks(ParticipantId(who)));
            }
        }
    }
}
