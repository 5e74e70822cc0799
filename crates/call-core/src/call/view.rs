//! What is shown of the calls.

use crate::core::{Core, Leaving};
use crate::room::Room;
use crate::{HoleView, TileView};

/// The calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallView {
    /// Whether the user is in the conference.
    pub in_conference: bool,
    /// How many others are in the conference.
    pub conference_others: usize,
    /// One for each link, in the order in which they opened.
    pub tiles: Vec<TileView>,
    /// Who of the conference does not hear whom.
    pub holes: Vec<HoleView>,
    /// The user went back or forward, which would end the call: whether to do so is asked.
    pub leave_asked: bool,
}

impl CallView {
    /// The calls of the room.
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
                        microphone: link.microphone,
                        screen: link.screen,
                        away: room.roster.is_away(link.peer),
                        stalls: link.stalls(),
                        volume: room.volumes.of(name),
                    })
                })
                .collect(),
            holes: HoleView::all(room),
            leave_asked: *core.leaving == Leaving::Asked,
        }
    }
}
