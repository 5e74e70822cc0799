//! Completes the notices for the view.

use super::view::{Notice, NoticeBody};
use crate::core::Core;

impl Notice {
    /// The notices, with the current seat of each person who can be invited again. A person who was not in
    /// the room when a call was lost may be back; one who did not answer may be gone, or have another seat.
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
