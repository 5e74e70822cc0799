//! View of the pairs in the group call that have no media between them.

use std::collections::BTreeMap;

use protocol::{ParticipantId, UserName};

use super::core::report;
use crate::TileState;
use crate::conference::{MissingPair, missing_pairs};
use crate::link::Link;
use crate::room::Room;

/// A pair of members without media in at least one direction, while recovery goes on. `None` stands for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPairView {
    /// The member who receives nothing from `other`.
    pub one: Option<UserName>,
    /// The member whose media does not arrive.
    pub other: Option<UserName>,
    /// Whether media is missing in both directions; if the user is one of the two, `one` is the user.
    pub both: bool,
}

impl MissingPairView {
    /// Returns the pairs without media, with names.
    pub(crate) fn all(room: &Room) -> Vec<Self> {
        let members = room.members();
        // A report from before the connection with its sender was lost may be outdated.
        let received = |link: &Link| link.tile_state() == TileState::Connected;
        let reports = room.links.iter().filter(|link| received(link));
        let reports = reports.filter_map(|link| Some((link.peer, link.report()?.clone())));
        let reports: BTreeMap<_, _> = reports.chain([(room.you, report(room))]).collect();
        // The user has no name here, and comes first where both directions are missing.
        let name = |id: ParticipantId| (id != room.you).then(|| room.roster.name(id).cloned());
        // The tile shows this failure and offers a retry; recovery has stopped.
        let given_up = |pair: &MissingPair| {
            let own = [(pair.one, pair.other), (pair.other, pair.one)];
            own.iter()
                .any(|(one, other)| *one == room.you && room.has_failed(*other))
        };
        let known = |id| name(id).is_none_or(|name| name.is_some());
        let named = missing_pairs(&reports, &members).into_iter();
        let named = named
            .filter(|pair| known(pair.one) && known(pair.other) && !given_up(pair))
            .map(|pair| {
                let (one, other): (Option<UserName>, Option<UserName>) =
                    (name(pair.one).flatten(), name(pair.other).flatten());
                let (one, other) = if pair.both && other.is_none() {
                    (other, one)
                } else {
                    (one, other)
                };
                Self {
                    one,
                    other,
                    both: pair.both,
                }
            });
        named.collect()
    }
}
