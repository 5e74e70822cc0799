//! The core's handling of peer connections.

use protocol::{Epoch, ParticipantId};

use crate::lab::Loopback;
use crate::link::Link;
use crate::turn::Turn;
use crate::{Core, NoticeBody, PeerEvent};

impl Core {
    pub(crate) fn peer_event(
        &mut self,
        turn: &mut Turn,
        peer: ParticipantId,
        epoch: Epoch,
        event: PeerEvent,
    ) {
        if Loopback::has(peer) {
            return self.labs.loopback.event(turn, peer, epoch, event);
        }
        let failed_relay = if let PeerEvent::RelayFailed(code) = event {
            Some(code)
        } else {
            None
        };
        self.with_link(turn, peer, epoch, |link, turn| link.event(turn, event));
        if let Some(code) = failed_relay {
            self.relay_refused(turn, peer, epoch, code);
        }
    }

    /// Runs `act` on the link with a peer, if the link still has this epoch.
    pub(crate) fn with_link(
        &mut self,
        turn: &mut Turn,
        peer: ParticipantId,
        epoch: Epoch,
        act: impl FnOnce(&mut Link, &mut Turn),
    ) {
        if Loopback::has(peer) {
            self.labs.loopback.with_end(turn, peer, epoch, act);
        } else if let Some(link) = self.room.as_mut().and_then(|room| room.link(peer, epoch)) {
            act(link, turn);
        }
    }

    pub(crate) fn retry_link(&mut self, turn: &mut Turn, peer: protocol::ParticipantId) {
        let link = self
            .room
            .as_mut()
            .and_then(|room| room.links.iter_mut().find(|link| link.peer == peer));
        if let Some(link) = link {
            link.retry(turn);
        }
    }

    /// Notifies the user of links whose recovery was given up.
    pub(crate) fn notify_failures(&mut self, turn: &mut Turn) {
        let Some(room) = &mut self.room else { return };
        let failed = |link: &mut Link| Some((link.peer, link.take_failure()?));
        let failed: Vec<_> = room.links.iter_mut().filter_map(failed).collect();
        for (peer, trouble) in failed {
            let name = self
                .room
                .as_ref()
                .and_then(|room| room.roster.name(peer))
                .cloned();
            if let Some(name) = name {
                turn.notify(NoticeBody::LinkFailed { name, peer, trouble });
                self.check_again(turn);
            }
        }
    }
}
