//! Saves rooms for the next server process. Messages that announce a change wait until the change is saved.
//!
//! The registry says which rooms changed ([`registry::Output::Persist`]). One job at a time saves all that changed
//! before it began, so a burst of changes is one write. Jobs are numbered. A message that announces a change
//! has the number of the job that saves it, and waits for that job in its socket's outbox (`outbox`), behind
//! earlier messages and before later ones. So the next server process knows every key, epoch and invitation
//! that a client knows, even after this one was killed. Signals and pongs to other sockets do not wait. Writing
//! takes microseconds: no disk sync is waited for (`store`).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use protocol::RoomName;

use registry::lock;

use super::Hub;
use crate::clock::unix_millis;
use crate::store::{Snapshot, StoreError};

/// Rooms to be saved.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// Rooms that have changed since they were last saved.
    changed: BTreeSet<RoomName>,
    /// The number of the last job.
    last: u64,
    /// Whether that job has not begun yet.
    queued: bool,
}

impl Hub {
    /// Schedules a room to be saved. Returns the number of the job that saves it.
    ///
    /// Must be called while the room is locked, after the change: the job locks the room too, so it sees the
    /// change. When the store is full, this returns 0, and messages do not wait: the room is saved with the
    /// next change.
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
                tracing::warn!(%error, "cannot schedule a room to be saved");
                0
            }
        }
    }

    /// Takes the rooms that changed, as they are now. Called on the snapshots' thread, when a job begins.
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
                let snapshot = room.and_then(|room| self.look(&room, |open| open.snapshot(unix_millis())));
                (name, snapshot)
            })
            .collect()
    }

    /// Ends a job. Messages that wait for it are sent even if it failed: its rooms are saved with the next
    /// change.
    fn was_kept(&self, number: u64, rooms: Vec<RoomName>, kept: Result<(), StoreError>) {
        if let Err(error) = kept {
            tracing::error!(%error, "cannot save rooms");
            let mut keeping = lock(&self.keeping);
            keeping.changed.extend(rooms);
            // A job that never began is not queued any more either.
            keeping.queued &= keeping.last != number;
        }
        self.kept.finish(number);
    }
}
