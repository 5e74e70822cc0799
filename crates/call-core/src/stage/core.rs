//! Handles the intents of the stage, and who is speaking.

use protocol::UnixMillis;

use crate::turn::Turn;
use crate::{Core, Energy, StageIntent, TileState, Timer};

impl Core {
    /// Changes how the user sees and hears the call.
    pub(crate) fn stage_intent(&mut self, intent: StageIntent) {
        match intent {
            StageIntent::Pin(tile) => self.stage.pin(tile),
            StageIntent::Unpin => self.stage.unpin(),
            StageIntent::Spotlight(large) => self.stage.spotlight(large),
            StageIntent::HideSelf(hide) => self.stage.hide_self(hide),
            StageIntent::Show { area, density } => self.uplink.shown_in(area, density),
            StageIntent::SetVolume { peer, percent } => {
                if let Some(room) = &mut self.room {
                    room.set_volume(peer, percent);
                }
            }
            StageIntent::InspectConnection(peer) => self.inspected.put(peer),
        }
    }

    /// Follows who is speaking: the peers by what they tell, the user by measurements while anyone can hear them, which
    /// all peers are told.
    pub(crate) fn follow_voices(&mut self, turn: &mut Turn) {
        let links = self.room.as_mut().map(|room| room.links.as_mut_slice());
        let links = links.unwrap_or_default();
        let present: Vec<_> = links.iter().map(|link| (link.peer, link.speaks())).collect();
        let before = self.speakers.changes_at();
        self.speakers.follow(turn.now(), &present);
        match self.speakers.changes_at() {
            changes_at if changes_at == before => {}
            Some(at) => turn.start(Timer::Speaker, at.since(turn.now())),
            None => turn.stop(Timer::Speaker),
        }
        let connected = links.iter().any(|link| link.tile_state() == TileState::Connected);
        self.voice.run(turn, connected && self.media.heard());
        for link in links {
            link.tell_speaking(turn, self.voice.speaks());
        }
    }

    /// Measures the user's voice.
    pub(crate) fn measure_voice(&self, turn: &mut Turn) {
        self.voice.measure(turn);
    }

    /// Handles the energy of the user's microphone.
    pub(crate) fn voice_measured(&mut self, now: UnixMillis, energy: Option<Energy>) {
        self.voice.measured(now, energy);
    }
}
