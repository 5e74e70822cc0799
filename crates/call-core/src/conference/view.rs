//! What is shown of holes in the conference.

use std::collections::BTreeMap;

use protocol::{ParticipantId, UserName};

use super::core::row;
use crate::TileState;
use crate::conference::{Hole, holes};
use crate::link::Link;
use crate::room::Room;

/// One of the conference does not hear another, which is being mended; the user has no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoleView {
    /// Who does not hear.
    pub one: Option<UserName>,
    /// Who is not heard.
    pub other: Option<UserName>,
    /// Neither hears the other; if the user is one of them, the first.
    pub both: bool,
}

impl HoleView {
    /// The holes in the conference, for the user to read.
    pub(crate) fn all(room: &Room) -> Vec<Self> {
        let members = room.members();
        // What somebody told before the connection with them was lost is not known to be so any more.
        let told = |link: &Link| link.tile_state() == TileState::Connected;
        let rows = room.links.iter().filter(|link| told(link));
        let rows = rows.filter_map(|link| Some((link.peer, link.row()?.clone())));
        let rows: BTreeMap<_, _> = rows.chain([(room.you, row(room))]).collect();
        // The user is named by nobody, and stands first where both do not hear.
        let name = |id: ParticipantId| (id != room.you).then(|| room.roster.name(id).cloned());
        // The tile says it, with a way out; nothing is tried any more.
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
