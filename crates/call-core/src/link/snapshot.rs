//! Snapshot of a link's state, by which the rest of the core detects changes.

use protocol::{Epoch, ParticipantId};

use super::Link;
use super::inbound::InboundMedia;
use crate::{Source, StallView, TileState};

/// Snapshot of the state of a link that the rest of the core depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkSnapshot {
    peer: ParticipantId,
    epoch: Epoch,
    state: TileState,
    camera: bool,
    microphone: bool,
    screen: bool,
    paused: Vec<Source>,
    stalls: Vec<StallView>,
    inbound_media: InboundMedia,
    /// Number of connectivity reports received from the peer.
    reports: u32,
}

impl Link {
    /// Takes a snapshot.
    pub(crate) fn snapshot(&self) -> LinkSnapshot {
        LinkSnapshot {
            peer: self.peer,
            epoch: self.epoch,
            state: self.tile_state(),
            camera: self.camera,
            microphone: self.microphone,
            screen: self.screen,
            paused: self.paused.clone(),
            stalls: self.stalls(),
            inbound_media: self.inbound_media(),
            reports: self.reports,
        }
    }
}
