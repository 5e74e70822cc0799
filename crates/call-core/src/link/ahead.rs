//! The connection that is made ahead of a call: while an invitation rings, the browser creates it, and at the end that
//! makes the first offer also that offer with its candidates.

use crate::room::Room;
use crate::turn::Turn;
use crate::{Core, Effect, NewConnection};

/// The connection that the shell has ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prepared {
    offers: bool,
    /// Identifies the credentials.
    generation: u32,
    relay_only: bool,
    /// Number of links then: a link that opens takes the connection.
    links: usize,
}

impl Core {
    /// Has a connection ready while a call may begin.
    pub(crate) fn prepare_connection(&mut self, turn: &mut Turn) {
        let ready = self.ice.is_ready(turn.now());
        let (room, ice_config) = (self.room.as_ref().filter(|_| ready), self.ice_config());
        let prepared = room.and_then(|room| {
            Some(Prepared {
                offers: room.next_call_offers()?,
                generation: ice_config.generation,
                relay_only: ice_config.relay_only,
                links: room.links.len(),
            })
        });
        if std::mem::replace(&mut self.prepared, prepared) != prepared {
            turn.order(Effect::Prepare(prepared.map(|prepared| NewConnection {
                offers: prepared.offers,
                ice_servers: ice_config.servers.to_vec(),
                relay_only: prepared.relay_only,
            })));
        }
    }
}

impl Room {
    /// Whether the first offer of a call that may begin soon is the user's, which takes longer; `None` if no call may.
    fn next_call_offers(&self) -> Option<bool> {
        let ringing = self.invitations.iter().map(|ringing| ringing.peer);
        let peers = ringing.chain(self.expected.iter().copied());
        peers.map(|peer| self.you < peer).max()
    }
}
