//! The rows of the conference: the own one, made from what arrives and told to the members; theirs, and the holes in all.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{ParticipantId, UserName};

use crate::link::{Hearing, Link};
use crate::mesh::{Hole, Row, holes};
use crate::room::Room;
use crate::turn::Turn;
use crate::{Core, HoleView, TileState};

impl Core {
    /// Looks at links that are not connected, and tells the members of the conference the own row where they do not know it.
    pub(crate) fn share_rows(&mut self, turn: &mut Turn) {
        let Some(room) = &mut self.room else { return };
        for link in &mut room.links {
            link.look_for_connection(turn.now());
        }
        let row = row(room);
        let members = room.members();
        for link in &mut room.links {
            if members.contains(&link.peer) {
                link.tell_row(turn, &row);
            }
        }
    }
}

/// Whom the user hears, of the conference.
fn row(room: &Room) -> Row {
    let members = room.members();
    let of = |hearing| {
        let links = room.links.iter().filter(|link| members.contains(&link.peer));
        let such = links.filter(|link| link.hearing() == hearing);
        such.map(|link| link.peer).collect()
    };
    Row {
        heard: of(Hearing::Heard),
        missed: of(Hearing::Missed),
    }
}

/// The holes in the conference, for the user to read.
pub(crate) fn view(room: &Room) -> Vec<HoleView> {
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
            HoleView {
                one,
                other,
                both: hole.both,
            }
        });
    named.collect()
}

impl Room {
    /// The members of the conference, if the user is one of them; those with whom there is no link are left out: the two
    /// have hung up on each other.
    fn members(&self) -> BTreeSet<ParticipantId> {
        if !self.in_conference() {
            return BTreeSet::new();
        }
        let inside = self.roster.iter().map(|participant| participant.id);
        inside.filter(|id| self.roster.in_conference(*id)).collect()
    }
}
