//! Shows the notices.

use super::view::{Notice, NoticeBody};
use crate::core::Core;

impl Notice {
    /// Who can be asked again: somebody who was not in the room when a call was lost may be back by now, and somebody who did
    /// not answer may be gone, or here by another seat.
    pub(crate) fn shown(core: &Core) -> Vec<Self> {
        let seat_of = |name: &_| core.room.as_ref().and_then(|room| room.roster.seat_of(name));
        let shown = core.notices.shown().iter().cloned();
        shown
            .map(|mut notice| {
                if let NoticeBody::CallLost { name, peer }
                | NoticeBody::InvitationEnded { name, peer, .. }
                | NoticeBody::InvitationMissed { name, peer, .. } = &mut notice.body
                {
                    *peer = seat_of(name);
                }
                notice
            })
            .collect()
    }
}
