//! Grades of single seconds and of runs of seconds.

use proptest::prelude::*;

use super::*;

fn figures(round_trip: u64, lost_in: u64, lost_out: u64) -> Figures {
    Figures {
        round_trip: Some(Duration::from_millis(round_trip)),
        lost_in: Permille::of(lost_in, 1000),
        lost_out: Permille::of(lost_out, 1000),
        ..Figures::default()
    }
}

#[test]
fn each_cause_is_named_and_the_worst_decides() {
    assert_eq!(assess(&figures(40, 5, 0)), (Grade::Good, vec![]));
    assert_eq!(
        assess(&figures(350, 25, 90)),
        (Grade::Poor, vec![Cause::RoundTrip, Cause::LossIn, Cause::LossOut])
    );
    let limited = Figures {
        limit: Some(Limit::Processor),
        ..figures(40, 0, 0)
    };
    assert_eq!(assess(&limited), (Grade::Fair, vec![Cause::Processor]));
}

#[test]
fn no_figures_grade_as_good() {
    assert_eq!(assess(&Figures::default()), (Grade::Good, vec![]));
}

/// The grade that is shown after each second of a run.
fn shown(grades: &[Grade]) -> Vec<Grade> {
    let mut steady = Steady::default();
    let seconds = (0_u64..).zip(grades);
    seconds
        .map(|(second, grade)| steady.follow(UnixMillis(second * 1000), *grade))
        .collect()
}

#[test]
fn single_bad_second_is_ignored_and_a_bad_run_is_not() {
    use Grade::{Good as G, Poor as P};
    assert_eq!(shown(&[G, P, P, G, P, P]), [G; 6]);
    assert_eq!(shown(&[G, P, P, P]), [G, G, G, P]);
    assert_eq!(shown(&[P, P, P, G, G, G, G, G, P])[3..], [P; 6]);
    assert_eq!(shown(&[P, P, P, G, G, G, G, G, G])[7..], [P, G]);
}

#[test]
fn run_counts_as_its_mildest_second() {
    use Grade::{Fair as F, Good as G, Poor as P};
    assert_eq!(shown(&[P, F, P]), [G, G, F]);
    assert_eq!(shown(&[P, P, P, G, F, G, G, G, G]).last(), Some(&F));
}

fn any_grade() -> impl Strategy<Value = Grade> {
    prop_oneof![Just(Grade::Good), Just(Grade::Fair), Just(Grade::Poor)]
}

proptest! {
    #[test]
    fn more_delay_or_loss_never_makes_a_better_grade(
        trip in 0_u64..2000, lost_in in 0_u64..1000, lost_out in 0_u64..1000,
        more_trip in 0_u64..2000, more_in in 0_u64..1000, more_out in 0_u64..1000,
    ) {
        let (before, _) = assess(&figures(trip, lost_in, lost_out));
        let worse = figures(trip + more_trip, (lost_in + more_in).min(1000), (lost_out + more_out).min(1000));
        prop_assert!(assess(&worse).0 >= before);
    }

    #[test]
    fn shown_grade_changes_at_most_every_two_seconds(
        grades in proptest::collection::vec(any_grade(), 1..60)
    ) {
        let shown = shown(&grades);
        let changes: Vec<usize> = (1..shown.len()).filter(|at| shown[*at] != shown[at - 1]).collect();
        prop_assert!(changes.windows(2).all(|pair| pair[1] - pair[0] >= 2));
        prop_assert!(changes.iter().all(|at| grades[..=*at].contains(&shown[*at])));
    }

    #[test]
    fn lasting_grade_is_shown_in_the_end(
        grades in proptest::collection::vec(any_grade(), 0..30), last in any_grade()
    ) {
        let run: Vec<Grade> = grades.into_iter().chain([last; 13]).collect();
        prop_assert_eq!(shown(&run).last().copied(), Some(last));
    }
}
