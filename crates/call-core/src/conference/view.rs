//! View of the pairs in the group call that have no media between them.

use std::collections::BTreeMap;

use protocol::{ParticipantId, UserName};

use super::core::row;
use crate::TileState;
use crate::conference::{Hole, holes};
use crate::link::Link;
use crate::room::Room;

/// A pair of members without media in at least one direction, while recovery goes on. `None` stands for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoleView {
    /// The member who receives nothing from `other`.
    pub one: Option<UserName>,
    /// The member whose media does not arrive.
    pub other: Option<UserName>,
    /// Whether media is missing in both directions; if the user is one of the two, `one` is the user.
    pub both: bool,
}

impl HoleView {
    /// Returns the pairs without media, with names.
    pub(crate) fn all(room: &Room) -> Vec<Self> {
        let members = room.members();
        // A report from before the connection with its sender was lost may be outdated.
        let told = |link: &Link| link.tile_state() == TileState::Connected;
        let rows = room.links.iter().filter(|link| told(link));
        let rows = rows.filter_map(|link| Some((link.peer, link.row()?.clone())));
        let rows: BTreeMap<_, _> = rows.chain([(room.you, row(room))]).collect();
        // The user has no name here, and comes first where both directions are missing.
        let name = |id: ParticipantId| (id != room.you).then(|| room.roster.name(id).cloned());
        // The tile shows this failure and offers a retry; recovery has stopped.
        let given_up = |hole: &Hole| {
            let own = [(hole.one, hole.other), (hole.other, hole.one)];
            own.iter()
                .any(|(one, other)| *one == room.you && room.has_failed(*other))
        };
        let known = |id| name(id).is_none_or(|name| name.is_some());
        let named = holes(&rows, &members).into_iter();
        let named = named
            .filter(|hole| known(hole.one) && known(hole.other) && !given_up(hole))
            .map(|hole| {
                let (one, other): (Option<UserName>, Option<UserName>) =
                    (name(hole.one).flatten(), name(hole.other).flatten());
                let (one, other) = if hole.both && other.is_none() {
                    (other, one)
                } else {
                    (one, other)
                };
                Self {
                    one,
                    other,
                    both: hole.both,
                }
            });
        named.collect()
    }
}
