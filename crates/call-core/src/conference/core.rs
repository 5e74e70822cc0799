//! The core's handling of connectivity reports: builds the user's own report, and sends it to the members of the
//! group call.

use std::collections::BTreeSet;

use protocol::ParticipantId;

use crate::Core;
use crate::conference::ConnectivityReport;
use crate::link::{InboundMedia, Link};
use crate::room::Room;
use crate::turn::Turn;

impl Core {
    /// Checks links that are not connected, and sends the user's connectivity report to those members of the group call
    /// who do not have the newest one.
    pub(crate) fn send_connectivity_reports(&mut self, turn: &mut Turn) {
        let Some(room) = &mut self.room else { return };
        for link in &mut room.links {
            link.look_for_connection(turn);
        }
        room.snapshot_links();
        if room.roster.changed() || room.link_snapshots.changed() {
            room.report = report(room);
        }
        let roster = &room.roster;
        if roster.in_conference(room.you) {
            let members = |link: &&mut Link| roster.in_conference(link.peer);
            for link in room.links.iter_mut().filter(members) {
                link.send_connectivity_report(turn, &room.report);
            }
        }
    }
}

/// Builds the user's connectivity report. A member without a link is left out: the two have hung up on each other.
pub(super) fn report(room: &Room) -> ConnectivityReport {
    let members = room.members();
    let of = |inbound_media| {
        let links = room.links.iter().filter(|link| members.contains(&link.peer));
        let such = links.filter(|link| link.inbound_media() == inbound_media);
        such.map(|link| link.peer).collect()
    };
    ConnectivityReport {
        heard: of(InboundMedia::Arriving),
        missed: of(InboundMedia::Missing),
    }
}

impl Room {
    /// Returns the members of the group call, including the user; empty if the user is not in it.
    pub(super) fn members(&self) -> BTreeSet<ParticipantId> {
        if !self.in_conference() {
            return BTreeSet::new();
        }
        let inside = self.roster.iter().map(|participant| participant.id);
        inside.filter(|id| self.roster.in_conference(*id)).collect()
    }
}
