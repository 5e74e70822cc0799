//! View of the calls.

use crate::core::{Core, Leaving};
use crate::room::Room;
use crate::{MissingPairView, TileView};

/// The user's calls, by invitation and in the group call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallView {
    /// Whether the user is in the group call.
    pub in_conference: bool,
    /// Number of other participants in the group call.
    pub conference_others: usize,
    /// One tile per link, in the order in which the links opened.
    pub tiles: Vec<TileView>,
    /// Pairs in the group call without media in at least one direction.
    pub holes: Vec<MissingPairView>,
    /// Whether to ask the user to confirm a back or forward step that would end the call.
    pub leave_asked: bool,
}

impl CallView {
    /// Builds the view of a room's calls.
    pub(crate) fn of(room: &Room, core: &Core) -> Self {
        Self {
            in_conference: room.in_conference(),
            conference_others: room.roster.conference_others(room.you),
            tiles: room
                .links
                .iter()
                .filter_map(|link| {
                    let peer = room.roster.get(link.peer)?;
                    let name = &peer.name;
                    Some(TileView {
                        peer: link.peer,
                        epoch: link.epoch,
                        name: name.clone(),
                        guest: peer.guest,
                        state: link.tile_state(),
                        camera: link.camera,
                        paused: link.paused.clone(),
                        microphone: link.microphone,
                        screen: link.screen,
                        away: room.roster.is_away(link.peer),
                        stalls: link.stalls(),
                        volume: room.volumes.of(name),
                    })
                })
                .collect(),
            holes: MissingPairView::all(room),
            leave_asked: *core.leaving == Leaving::Asked,
        }
    }
}
