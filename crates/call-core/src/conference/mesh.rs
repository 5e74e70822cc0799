//! Connectivity of the group call as a whole, from the reports that its members send each other.
//!
//! Two members may have no connection while both are connected to all others; only the reports of all members show
//! that. So both the two and the others are notified.

use std::collections::{BTreeMap, BTreeSet};

use protocol::limits::CONFERENCE_PARTICIPANTS;
use protocol::{ParticipantId, Signal};

/// Connectivity report of one member: the peers whose media arrives, and those whose media does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ConnectivityReport {
    pub(crate) heard: Vec<ParticipantId>,
    pub(crate) missed: Vec<ParticipantId>,
}

/// A pair of members without media in at least one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MissingPair {
    /// The member who receives nothing from `other`.
    pub(crate) one: ParticipantId,
    /// The member whose media does not arrive.
    pub(crate) other: ParticipantId,
    /// Whether media is missing in both directions; `one` is then the lesser id.
    pub(crate) both: bool,
}

impl ConnectivityReport {
    /// Builds the report that a peer sent, truncated to the size of a group call.
    pub(crate) fn received(mut heard: Vec<ParticipantId>, mut missed: Vec<ParticipantId>) -> Self {
        heard.truncate(CONFERENCE_PARTICIPANTS);
        missed.truncate(CONFERENCE_PARTICIPANTS);
        Self { heard, missed }
    }
}

impl From<ConnectivityReport> for Signal {
    fn from(report: ConnectivityReport) -> Self {
        Self::Hears {
            heard: report.heard,
            missed: report.missed,
        }
    }
}

/// Returns the pairs without media, by the reports of the group call's members.
pub(crate) fn missing_pairs(
    reports: &BTreeMap<ParticipantId, ConnectivityReport>,
    members: &BTreeSet<ParticipantId>,
) -> Vec<MissingPair> {
    let of_members = reports.iter().filter(|(of, _)| members.contains(of));
    let misses: BTreeSet<(ParticipantId, ParticipantId)> = of_members
        .flat_map(|(of, report)| report.missed.iter().map(|missed| (*of, *missed)))
        .filter(|(one, other)| one != other && members.contains(other))
        .collect();
    let named = misses.iter().filter_map(|(one, other)| {
        let both = misses.contains(&(*other, *one));
        (!both || one < other).then_some(MissingPair {
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

    fn report() -> impl Strategy<Value = ConnectivityReport> {
        (vec(id(), 0..7), vec(id(), 0..7)).prop_map(|(heard, missed)| ConnectivityReport { heard, missed })
    }

    #[test]
    fn mutual_and_one_way_misses_are_one_hole_each() {
        let [ann, bea, cy] = [1, 2, 3].map(ParticipantId);
        let missing = |missed| ConnectivityReport {
            heard: vec![],
            missed,
        };
        let reports = [
            (ann, missing(vec![bea])),
            (bea, missing(vec![ann])),
            (cy, missing(vec![ann])),
        ];
        let pair = |one, other, both| MissingPair { one, other, both };
        assert_eq!(
            missing_pairs(&reports.into(), &[ann, bea, cy].into()),
            [pair(ann, bea, true), pair(cy, ann, false)]
        );
    }

    proptest! {
        /// Each missing direction between two members is in exactly one hole, and each hole has a missing direction.
        #[test]
        fn holes_are_the_misses(reports in btree_map(id(), report(), 0..6), members in btree_set(id(), 0..6)) {
            let missing_pairs = missing_pairs(&reports, &members);
            let mut received = BTreeSet::new();
            for pair in &missing_pairs {
                prop_assert!(received.insert((pair.one, pair.other)));
                if pair.both {
                    prop_assert!(received.insert((pair.other, pair.one)));
                }
            }
            let mut missed = BTreeSet::new();
            for (of, report) in reports.iter().filter(|(of, _)| members.contains(of)) {
                missed.extend(report.missed.iter().filter(|who| *who != of && members.contains(who)).map(|who| (*of, *who)));
            }
            prop_assert_eq!(received, missed);
        }

        /// A peer's report is bounded, whatever it contains.
        #[test]
        fn row_is_bounded(heard in vec(id(), 0..100), missed in vec(id(), 0..100)) {
            let report = ConnectivityReport::received(heard, missed);
            prop_assert!(report.heard.len() <= CONFERENCE_PARTICIPANTS && report.missed.len() <= CONFERENCE_PARTICIPANTS);
        }
    }
}
