//! The quality of all connections as it is shown.

use super::view::QualityView;
use crate::TileState;
use crate::core::Core;
use crate::room::Room;

impl QualityView {
    /// Connections that are not connected are left out, as their figures are old; an inspected one stays.
    pub(crate) fn all(room: &Room, core: &Core) -> Vec<Self> {
        let shown = room.links.iter().filter_map(|link| {
            let inspected = *core.inspected == Some(link.peer);
            if !inspected && link.tile_state() != TileState::Connected {
                return None;
            }
            Some(QualityView {
                peer: link.peer,
                name: room.roster.name(link.peer)?.clone(),
                grade: link.quality.grade()?,
                weak: link.quality.weak(),
                details: inspected.then(|| link.quality.details(link.stall_count())),
            })
        });
        shown.collect()
    }
}
