//! Schedules measurements: levels and quality while a link is connected and the page is visible; in a hidden
//! page only quality, seldom, in a conference, so that a peer that is lost is still noticed.

use std::time::Duration;

use protocol::{Epoch, ParticipantId, UnixMillis};

use crate::room::Room;
use crate::turn::Turn;
use crate::{Core, Effect, Sample, TileState, Timer};

/// Interval of level measurements (chosen): speaking marks follow the voice, at hardly any cost.
const LEVELS: Duration = Duration::from_millis(250);

/// Interval of quality measurements (chosen): `getStats` gathers from all threads of the browser, so once a
/// second is enough.
const QUALITY: Duration = Duration::from_secs(1);

/// Interval in a hidden page, where only arriving media is checked (chosen).
const SELDOM: Duration = Duration::from_secs(5);

impl Core {
    /// Starts and stops the measurements, by what there is to measure.
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

    /// Measures the levels. A timer that fired while it was being stopped has no effect.
    pub(crate) fn measure_levels(&self, turn: &mut Turn) {
        if self.measuring {
            turn.order(Effect::MeasureLevels);
            turn.start(Timer::Levels, LEVELS);
        }
    }

    /// Measures the quality of all connections.
    pub(crate) fn measure_quality(&self, turn: &mut Turn) {
        if let Some(every) = self.looking {
            turn.order(Effect::MeasureQuality);
            turn.start(Timer::Quality, every);
        }
    }

    /// Handles the levels of all peers, linear from 0 to 1; those of old epochs and of muted peers are ignored.
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

    /// Handles a sample of a connection, which also has the level of the user's own microphone.
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
        let figures = link.quality.sampled(turn.now(), sample);
        let voice = figures.and_then(|figures| figures.voice);
        if let Some(voice) = voice.filter(|_| self.measuring) {
            self.speakers.own(if self.media.heard() { voice } else { 0.0 });
        }
    }
}

#[cfg(test)]
mod tests;
