//! The conference as a whole: who does not hear whom, from the rows that all members tell each other.
//!
//! Two of a conference may be apart while each of them is connected with everybody else; only the rows of all show it.
//! So nobody sits in silence without being told, and the others are told as well.

use std::collections::{BTreeMap, BTreeSet};

use protocol::limits::CONFERENCE_PARTICIPANTS;
use protocol::{ParticipantId, Signal};

/// Whom one member hears and sees, and whom not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) heard: Vec<ParticipantId>,
    pub(crate) missed: Vec<ParticipantId>,
}

/// Two of whom one does not hear the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hole {
    /// Who does not hear.
    pub(crate) one: ParticipantId,
    /// Who is not heard.
    pub(crate) other: ParticipantId,
    /// Neither hears the other; the lesser id is named first.
    pub(crate) both: bool,
}

impl Row {
    /// A row that a peer told; no conference is as large as a peer may make it.
    pub(crate) fn told(mut heard: Vec<ParticipantId>, mut missed: Vec<ParticipantId>) -> Self {
        heard.truncate(CONFERENCE_PARTICIPANTS);
        missed.truncate(CONFERENCE_PARTICIPANTS);
        Self { heard, missed }
    }
}

impl From<Row> for Signal {
    fn from(row: Row) -> Self {
        Self::Hears {
            heard: row.heard,
            missed: row.missed,
        }
    }
}

/// The holes in the rows of a conference's members.
pub(crate) fn holes(rows: &BTreeMap<ParticipantId, Row>, members: &BTreeSet<ParticipantId>) -> Vec<Hole> {
    let of_members = rows.iter().filter(|(of, _)| members.contains(of));
    let misses: BTreeSet<(ParticipantId, ParticipantId)> = of_members
        .flat_map(|(of, row)| row.missed.iter().map(|missed| (*of, *missed)))
        .filter(|(one, other)| one != other && members.contains(other))
        .collect();
    let named = misses.iter().filter_map(|(one, other)| {
        let both = misses.contains(&(*other, *one));
        (!both || one < other).then_some(Hole {
            one: *one,
            other: *other,
            both,
        })
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, btree_set, vec};
    use proptest::prelude::*;

    use super::*;

    fn id() -> impl Strategy<Value = ParticipantId> {
        (1..7_u64).prop_map(ParticipantId)
    }

    fn row() -> impl Strategy<Value = Row> {
        (vec(id(), 0..7), vec(id(), 0..7)).prop_map(|(heard, missed)| Row { heard, missed })
    }

    #[test]
    fn two_who_miss_each_other_are_one_hole_and_one_who_misses_another_is_one() {
        let [ann, bea, cy] = [1, 2, 3].map(ParticipantId);
        let missing = |missed| Row {
            heard: vec![],
            missed,
        };
        let rows = [
            (ann, missing(vec![bea])),
            (bea, missing(vec![ann])),
            (cy, missing(vec![ann])),
        ];
        let hole = |one, other, both| Hole { one, other, both };
        assert_eq!(
            holes(&rows.into(), &[ann, bea, cy].into()),
            [hole(ann, bea, true), hole(cy, ann, false)]
        );
    }

    proptest! {
        /// Each miss between two members is in one hole, and each hole is a miss.
        #[test]
        fn holes_are_the_misses(rows in btree_map(id(), row(), 0..6), members in btree_set(id(), 0..6)) {
            let holes = holes(&rows, &members);
            let mut told = BTreeSet::new();
            for hole in &holes {
                prop_assert!(told.insert((hole.one, hole.other)));
                if hole.both {
                    prop_assert!(told.insert((hole.other, hole.one)));
                }
            }
            let mut missed = BTreeSet::new();
            for (of, row) in rows.iter().filter(|(of, _)| members.contains(of)) {
                missed.extend(row.missed.iter().filter(|who| *who != of && members.contains(who)).map(|who| (*of, *who)));
            }
            prop_assert_eq!(told, missed);
        }

        /// A peer's row is bounded, whatever it holds.
        #[test]
        fn a_row_is_bounded(heard in vec(id(), 0..100), missed in vec(id(), 0..100)) {
            let row = Row::told(heard, missed);
            prop_assert!(row.heard.len() <= CONFERENCE_PARTICIPANTS && row.missed.len() <= CONFERENCE_PARTICIPANTS);
        }
    }
}
