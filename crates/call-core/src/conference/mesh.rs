//! Connectivity of the group call as a whole, from the reports (rows) that its members send each other.
//!
//! Two members may have no connection while both are connected to all others; only the reports of all members show
//! that. So both the two and the others are notified.

use std::collections::{BTreeMap, BTreeSet};

use protocol::limits::CONFERENCE_PARTICIPANTS;
use protocol::{ParticipantId, Signal};

/// Connectivity report of one member: the peers whose media arrives, and those whose media does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) heard: Vec<ParticipantId>,
    pub(crate) missed: Vec<ParticipantId>,
}

/// A pair of members without media in at least one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hole {
    /// The member who receives nothing from `other`.
    pub(crate) one: ParticipantId,
    /// The member whose media does not arrive.
    pub(crate) other: ParticipantId,
    /// Whether media is missing in both directions; `one` is then the lesser id.
    pub(crate) both: bool,
}

impl Row {
    /// Builds the report that a peer sent, truncated to the size of a group call.
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

/// Returns the pairs without media, by the reports of the group call's members.
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
    fn mutual_and_one_way_misses_are_one_hole_each() {
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
        /// Each missing direction between two members is in exactly one hole, and each hole has a missing direction.
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

        /// A peer's report is bounded, whatever it contains.
        #[test]
        fn row_is_bounded(heard in vec(id(), 0..100), missed in vec(id(), 0..100)) {
            let row = Row::told(heard, missed);
            prop_assert!(row.heard.len() <= CONFERENCE_PARTICIPANTS && row.missed.len() <= CONFERENCE_PARTICIPANTS);
        }
    }
}
