//! The core's handling of a ringing invitation.

use protocol::Invitation;

use crate::turn::Turn;
use crate::{AlertOrder, Core};

impl Core {
    pub(crate) fn invitation_rings(&mut self, turn: &mut Turn, invitation: &Invitation) {
        let elsewhere = self.page_hidden || self.page_blurred;
        let Some(room) = &mut self.room else { return };
        let ringing = room.rings(turn.now(), invitation);
        if let Some(name) = room.roster.name(ringing.peer)
            && ringing.incoming
            && elsewhere
        {
            turn.order(AlertOrder::NotifyInvitation(name.clone()));
        }
        self.ready_ice_servers(turn);
    }
}
