//! Schedules measurements: while a link is connected and the page is visible, what the page plays is looked at every
//! second, and statistics are collected where they are due; in a hidden page only statistics, seldom, in a conference,
//! so that a peer that is lost is still noticed.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{Epoch, ParticipantId};

use crate::room::Room;
use crate::turn::Turn;
use crate::{Core, Effect, Sample, Source, TileState, Timer};

/// Usual interval at which the page is looked at (chosen): a video that stands still is noticed within two.
const TICK: Duration = Duration::from_secs(1);

/// Interval in a hidden page, where only arriving media is checked (chosen).
const HIDDEN: Duration = Duration::from_secs(5);

impl Core {
    /// Starts and stops the measurements, by what there is to measure.
    pub(crate) fn follow_connections(&mut self, turn: &mut Turn) {
        let links = self.room.as_ref().map(|room| room.links.as_slice());
        let links = links.unwrap_or_default();
        let inspected = self
            .inspected
            .filter(|who| links.iter().any(|link| link.peer == *who));
        self.inspected.put(inspected);
        let connected = links.iter().any(|link| link.tile_state() == TileState::Connected);
        let conference = self.room.as_ref().is_some_and(Room::in_conference);
        let looking = match (connected, self.page_hidden) {
            (true, false) => Some(turn.allow(TICK)),
            (true, true) => conference.then_some(HIDDEN),
            (false, _) => None,
        };
        if std::mem::replace(&mut self.looking, looking) != looking {
            self.measure_quality(turn);
            if looking.is_none() {
                turn.stop(Timer::Quality);
            }
        }
    }

    /// Looks at what the page plays, which shows where statistics are due; in a hidden page, collects those of all
    /// connections. A timer that fired while it was being stopped has no effect.
    pub(crate) fn measure_quality(&mut self, turn: &mut Turn) {
        let Some(every) = self.looking else { return };
        if self.page_hidden {
            let links = self.room.as_mut().map(|room| room.links.as_mut_slice());
            for link in links.unwrap_or_default() {
                link.measure_if_due(turn, false);
            }
        } else {
            turn.order(Effect::LookAtPlayback);
        }
        turn.start(Timer::Quality, every);
    }

    /// Handles what the page plays of each peer, and collects the statistics that are due.
    pub(crate) fn playback_seen(
        &mut self,
        turn: &mut Turn,
        seen: &[(ParticipantId, Epoch, BTreeMap<Source, u64>)],
    ) {
        let Some(room) = self.room.as_mut().filter(|_| self.looking.is_some()) else {
            return;
        };
        for (peer, epoch, playing) in seen {
            if let Some(link) = room.link(*peer, *epoch) {
                link.looked(playing);
                link.measure_if_due(turn, *self.inspected == Some(*peer));
            }
        }
    }

    /// Handles a sample of a connection.
    pub(crate) fn quality_measured(
        &mut self,
        turn: &mut Turn,
        (peer, epoch): (ParticipantId, Epoch),
        sample: Sample,
    ) {
        let room = self.room.as_mut().filter(|_| self.looking.is_some());
        let Some(link) = room.and_then(|room| room.link(peer, epoch)) else {
            return;
        };
        link.sampled(turn, &sample);
        link.quality.sampled(turn.now(), sample);
        self.weigh_samples(turn);
    }
}

#[cfg(test)]
mod tests;
