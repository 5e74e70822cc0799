//! When connections are looked at: while somebody is connected and the page is in sight, and never otherwise.

use std::time::Duration;

use protocol::{Epoch, ParticipantId};

use crate::{Core, Effect, Moment, TileState, Timer};

/// Often enough that a mark follows a voice; a look at the levels costs next to nothing.
const LEVELS: Duration = Duration::from_millis(250);

impl Core {
    /// Begins to look when there is something to see, and stops when there is not.
    pub(crate) fn follow_connections(&mut self) -> Vec<Effect> {
        let links = self.room.as_ref().map(|room| room.links.as_slice());
        let links = links.unwrap_or_default();
        self.speakers
            .follow(|who| links.iter().any(|link| link.peer == who));
        let connected = links.iter().any(|link| link.tile_state() == TileState::Connected);
        let measuring = connected && !self.page_hidden;
        if std::mem::replace(&mut self.measuring, measuring) == measuring {
            return Vec::new();
        }
        if measuring {
            vec![look_again(Timer::Levels, LEVELS)]
        } else {
            self.speakers.pause();
            vec![Effect::StopTimer(Timer::Levels)]
        }
    }

    /// It is time to look at how loud everybody is.
    pub(crate) fn measure_levels(&self) -> Vec<Effect> {
        if self.measuring {
            vec![Effect::MeasureLevels, look_again(Timer::Levels, LEVELS)]
        } else {
            Vec::new()
        }
    }

    /// How loud everybody is; of connections that are not the newest nothing is taken.
    pub(crate) fn levels_measured(&mut self, moment: Moment, levels: &[(ParticipantId, Epoch, f32)]) {
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
        self.speakers.heard(moment.now, &levels);
    }
}

fn look_again(timer: Timer, after: Duration) -> Effect {
    Effect::StartTimer { timer, after }
}

#[cfg(test)]
mod tests;
