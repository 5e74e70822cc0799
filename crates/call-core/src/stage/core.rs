//! Handles the intents of the stage.

use crate::{Core, StageIntent};

impl Core {
    /// Changes how the user sees and hears the call.
    pub(crate) fn stage_intent(&mut self, intent: StageIntent) {
        match intent {
            StageIntent::Pin(tile) => self.stage.pin(tile),
            StageIntent::Unpin => self.stage.unpin(),
            StageIntent::Spotlight(large) => self.stage.spotlight(large),
            StageIntent::HideSelf(hide) => self.stage.hide_self(hide),
            StageIntent::SetVolume { peer, percent } => {
                if let Some(room) = &mut self.room {
                    room.set_volume(peer, percent);
                }
            }
            StageIntent::InspectConnection(peer) => self.inspected.put(peer),
        }
    }
}
