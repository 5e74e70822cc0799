//! Speech over virtual time.

use proptest::prelude::*;

use super::*;

const ANN: ParticipantId = ParticipantId(1);
const BEA: ParticipantId = ParticipantId(2);

/// Ann and Bea are present, and these are speaking.
fn speak(speakers: &mut Speakers, now: u64, who: &[ParticipantId]) {
    let present = [ANN, BEA].map(|of| (of, who.contains(&of)));
    speakers.follow(UnixMillis(now), &present);
}

#[test]
fn last_speaker_changes_after_the_other_spoke_alone() {
    let mut speakers = Speakers::default();
    speak(&mut speakers, 10_000, &[ANN]);
    assert_eq!(speakers.last_speaker(), None, "a word is not enough");
    assert_eq!(speakers.changes_at(), Some(UnixMillis(11_000)));
    speak(&mut speakers, 11_000, &[ANN]);
    assert_eq!(speakers.last_speaker(), Some(ANN));
    speak(&mut speakers, 12_000, &[ANN, BEA]);
    assert_eq!(speakers.changes_at(), None, "a speaker is not interrupted");
    speak(&mut speakers, 20_000, &[BEA]);
    assert_eq!(speakers.last_speaker(), Some(ANN));
    assert_eq!(speakers.changes_at(), Some(UnixMillis(21_000)));
    speak(&mut speakers, 21_000, &[BEA]);
    assert_eq!(speakers.last_speaker(), Some(BEA));
    speak(&mut speakers, 90_000, &[]);
    assert_eq!(speakers.last_speaker(), Some(BEA), "silence changes nothing");
}

#[test]
fn last_speaker_who_speaks_again_stays() {
    let mut speakers = Speakers::default();
    speak(&mut speakers, 10_000, &[ANN]);
    speak(&mut speakers, 11_000, &[ANN]);
    speak(&mut speakers, 12_000, &[BEA]);
    speak(&mut speakers, 12_900, &[ANN, BEA]);
    speak(&mut speakers, 13_500, &[ANN, BEA]);
    assert_eq!(speakers.last_speaker(), Some(ANN));
    speak(&mut speakers, 13_600, &[BEA]);
    assert_eq!(
        speakers.changes_at(),
        Some(UnixMillis(14_600)),
        "the wait restarts"
    );
}

#[test]
fn who_leaves_is_not_the_last_speaker() {
    let mut speakers = Speakers::default();
    speak(&mut speakers, 10_000, &[ANN, BEA]);
    speak(&mut speakers, 11_000, &[ANN, BEA]);
    assert_eq!(
        speakers.last_speaker(),
        Some(ANN),
        "of two who began together, the first"
    );
    speakers.follow(UnixMillis(11_500), &[(BEA, true)]);
    assert!(!speakers.speaks(ANN));
    assert_ne!(speakers.last_speaker(), Some(ANN));
    speakers.follow(UnixMillis(12_500), &[(BEA, true)]);
    assert_eq!(speakers.last_speaker(), Some(BEA));
}

/// What is told at one moment.
#[derive(Clone, Debug)]
struct Step {
    after: u64,
    present: BTreeMap<ParticipantId, bool>,
}

fn any_person() -> impl Strategy<Value = ParticipantId> {
    (1_u64..5).prop_map(ParticipantId)
}

fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let present = proptest::collection::btree_map(any_person(), any::<bool>(), 0..5);
    let step = (50_u64..700, present).prop_map(|(after, present)| Step { after, present });
    proptest::collection::vec(step, 1..80)
}

fn follow(speakers: &mut Speakers, now: u64, step: &Step) {
    let present: Vec<_> = step.present.iter().map(|(who, speaks)| (*who, *speaks)).collect();
    speakers.follow(UnixMillis(now), &present);
}

proptest! {
    #[test]
    fn last_speaker_is_present_and_speaks_when_chosen(steps in any_steps()) {
        let mut speakers = Speakers::default();
        let mut now = 0;
        for step in steps {
            now += step.after;
            let before = speakers.last_speaker();
            follow(&mut speakers, now, &step);
            let last = speakers.last_speaker();
            prop_assert!(last.is_none_or(|who| step.present.contains_key(&who)));
            if let Some(last) = last.filter(|_| last != before) {
                prop_assert!(speakers.speaks(last));
                prop_assert!(before.is_none_or(|before| !speakers.speaks(before)));
            }
            prop_assert!(speakers.changes_at().is_none_or(|at| at > UnixMillis(now)));
        }
    }

    #[test]
    fn silence_never_changes_the_last_speaker(steps in any_steps(), later in 1_u64..40_000) {
        let mut speakers = Speakers::default();
        let mut now = 0;
        for step in &steps {
            now += step.after;
            follow(&mut speakers, now, step);
        }
        let before = speakers.last_speaker();
        let all = [1, 2, 3, 4].map(|id| (ParticipantId(id), false));
        speakers.follow(UnixMillis(now + 1), &all);
        speakers.follow(UnixMillis(now + 1 + later), &all);
        prop_assert_eq!(speakers.last_speaker(), before);
        prop_assert_eq!(speakers.changes_at(), None);
    }

    #[test]
    fn lone_voice_becomes_the_last_speaker(steps in any_steps(), who in any_person()) {
        let mut speakers = Speakers::default();
        let mut now = 0;
        for step in &steps {
            now += step.after;
            follow(&mut speakers, now, step);
        }
        let all = [1, 2, 3, 4].map(|id| (ParticipantId(id), ParticipantId(id) == who));
        speakers.follow(UnixMillis(now + 1), &all);
        speakers.follow(UnixMillis(now + 1_001), &all);
        prop_assert_eq!(speakers.last_speaker(), Some(who));
    }
}
