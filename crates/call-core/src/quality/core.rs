//! When connections are looked at: while somebody is connected and the page is in sight; and out of sight in a conference,
//! seldom, so that nobody is missed without a word.

use std::time::Duration;

use protocol::{Epoch, ParticipantId, UnixMillis};

use crate::room::Room;
use crate::turn::Turn;
use crate::{Core, Effect, Sample, TileState, Timer};

/// Often enough that a mark follows a voice; a look at the levels costs next to nothing.
const LEVELS: Duration = Duration::from_millis(250);

/// The browser gathers statistics from all its threads for this: once a second is enough for anybody.
const QUALITY: Duration = Duration::from_secs(1);

/// Out of sight it is only asked whether anything arrives.
const SELDOM: Duration = Duration::from_secs(5);

impl Core {
    /// Begins to look when there is something to see, and stops when there is not.
    pub(crate) fn follow_connections(&mut self, turn: &mut Turn) {
        let links = self.room.as_ref().map(|room| room.links.as_slice());
        let links = links.unwrap_or_default();
        let linked = |who| links.iter().any(|link| link.peer == who);
        self.speakers.follow(linked);
        let inspected = self.inspected.filter(|who| linked(*who));
        self.inspected.put(inspected);
        let connected = links.iter().any(|link| link.tile_state() == TileState::Connected);
        let measuring = connected && !self.page_hidden;
        let conference = connected && self.room.as_ref().is_some_and(Room::in_conference);
        let looking = if measuring {
            Some(QUALITY)
        } else {
            conference.then_some(SELDOM)
        };
        if std::mem::replace(&mut self.measuring, measuring) != measuring {
            if measuring {
                turn.start(Timer::Levels, LEVELS);
            } else {
                self.speakers.pause();
                turn.stop(Timer::Levels);
            }
        }
        if std::mem::replace(&mut self.looking, looking) != looking {
            self.measure_quality(turn);
            if looking.is_none() {
                turn.stop(Timer::Quality);
            }
        }
    }

    /// It is time to look at how loud everybody is. A timer that fired just when it was stopped leads to nothing.
    pub(crate) fn measure_levels(&self, turn: &mut Turn) {
        if self.measuring {
            turn.order(Effect::MeasureLevels);
            turn.start(Timer::Levels, LEVELS);
        }
    }

    /// It is time to look at how good the connections are.
    pub(crate) fn measure_quality(&self, turn: &mut Turn) {
        if let Some(every) = self.looking {
            turn.order(Effect::MeasureQuality);
            turn.start(Timer::Quality, every);
        }
    }

    /// How loud everybody is; of connections that are not the newest nothing is taken.
    pub(crate) fn levels_measured(&mut self, now: UnixMillis, levels: &[(ParticipantId, Epoch, f32)]) {
        let Some(room) = self.room.as_ref().filter(|_| self.measuring) else {
            return;
        };
        let current = |peer, epoch| {
            let link = room.links.iter().find(|link| link.peer == peer);
            link.is_some_and(|link| link.epoch == epoch && link.microphone)
        };
        let levels: Vec<_> = levels
            .iter()
            .filter(|(peer, epoch, _)| current(*peer, *epoch))
            .map(|(peer, _, level)| (*peer, *level))
            .collect();
        self.speakers.heard(now, &levels);
    }

    /// How good a connection is; every connection also knows how loud the user is.
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
        link.looked(turn, &sample);
        let figures = link.quality.sampled(turn.now(), sample);
        let voice = figures.and_then(|figures| figures.voice);
        if let Some(voice) = voice.filter(|_| self.measuring) {
            self.speakers.own(if self.media.heard() { voice } else { 0.0 });
        }
    }
}

#[cfg(test)]
mod tests;
