//! What others than the link itself go by, to see whether it changed.

use protocol::{Epoch, ParticipantId};

use super::Link;
use super::reception::Hearing;
use crate::{StallView, TileState};

/// How a link is at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Face {
    peer: ParticipantId,
    epoch: Epoch,
    state: TileState,
    camera: bool,
    microphone: bool,
    screen: bool,
    stalls: Vec<StallView>,
    hearing: Hearing,
    /// How often the peer told whom it hears.
    rows: u32,
}

impl Link {
    /// How it is now.
    pub(crate) fn face(&self) -> Face {
        Face {
            peer: self.peer,
            epoch: self.epoch,
            state: self.tile_state(),
            camera: self.camera,
            microphone: self.microphone,
            screen: self.screen,
            stalls: self.stalls(),
            hearing: self.hearing(),
            rows: self.rows,
        }
    }
}
