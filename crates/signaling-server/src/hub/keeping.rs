//! Keeping rooms for the next server: what is told of a change waits until the change is written.
//!
//! The registry says which rooms changed ([`registry::Output::Keep`]). One job at a time writes all that have
//! changed until it begins, so a burst of changes is one write. Jobs are numbered; a message that tells of a change has
//! the number of the job that keeps it, and waits for that one in its socket's outbox (`outbox`), behind what was
//! told before it and before what is told after. So a key, an epoch or an invitation that a client knows is known to
//! the server that is started after this one was killed; signals and pongs of others wait for nothing. Writing is a matter
//! of microseconds: no sync of the disk is waited for (`store`).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use protocol::RoomName;

use registry::lock;

use super::Hub;
use crate::clock::unix_millis;
use crate::store::{Snapshot, StoreError};

/// What is to be kept.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// Rooms that have changed since they were written.
    changed: BTreeSet<RoomName>,
    /// The number of the last job.
    last: u64,
    /// Whether that one has yet to begin.
    queued: bool,
}

impl Hub {
    /// Sees to it that a room is kept; gives the number of the job that does it.
    ///
    /// It is called while the room is held, after the change: the job waits for the room, and so has the change in it.
    /// When the store takes no more jobs, nothing is waited for: the room is kept with the next change.
    pub(super) fn keep(self: &Arc<Self>, room: RoomName) -> u64 {
        let mut keeping = lock(&self.keeping);
        keeping.changed.insert(room);
        if keeping.queued {
            return keeping.last;
        }
        let number = keeping.last + 1;
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (hub, begun) = (Arc::clone(self), Arc::clone(&taken));
        let changed = move || {
            let rooms = hub.take_changed();
            *lock(&begun) = rooms.iter().map(|(name, _)| name.clone()).collect();
            rooms
        };
        let hub = Arc::clone(self);
        let then = move |kept: Result<(), StoreError>| {
            let taken = std::mem::take(&mut *lock(&taken));
            hub.was_kept(number, taken, kept);
        };
        match self.store.save_rooms(changed, then) {
            Ok(()) => {
                (keeping.last, keeping.queued) = (number, true);
                number
            }
            Err(error) => {
                tracing::warn!(%error, "a room is not kept yet");
                0
            }
        }
    }

    /// The rooms that changed, as they are now. Called on the snapshots' thread, when a job begins.
    fn take_changed(&self) -> Vec<Snapshot> {
        let changed = {
            let mut keeping = lock(&self.keeping);
            keeping.queued = false;
            std::mem::take(&mut keeping.changed)
        };
        changed
            .into_iter()
            .map(|name| {
                let room = self.rooms.find(&name);
                let kept = room.and_then(|room| self.look(&room, |open| open.kept(unix_millis())));
                (name, kept)
            })
            .collect()
    }

    /// A job is done. What waits for it goes out even when it failed: the room goes on, and is kept with its next
    /// change.
    fn was_kept(&self, number: u64, rooms: Vec<RoomName>, kept: Result<(), StoreError>) {
        if let Err(error) = kept {
            tracing::error!(%error, "rooms were not kept");
            let mut keeping = lock(&self.keeping);
            keeping.changed.extend(rooms);
            // One that never began is no longer queued either.
            keeping.queued &= keeping.last != number;
        }
        self.kept.send_replace(number);
    }
}
