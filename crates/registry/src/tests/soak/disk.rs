//! The disk: one job after another, those that wait together at once; and what follows from a job when it is safe.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use protocol::RoomName;

use crate::{Entry, KeptRoom};

/// All that outlives the server.
pub type Disk = BTreeMap<RoomName, KeptRoom>;

/// What the disk has to do.
pub enum Job {
    /// To look up who says hello, in a room.
    Enter(Box<Entry>, RoomName),
    /// To keep the rooms that have changed; by its number.
    Keep(u64),
}

/// The jobs of one server.
#[derive(Default)]
pub struct Jobs {
    waiting: VecDeque<Job>,
    /// Those that are being done, and what they write.
    batch: Vec<Job>,
    writes: Vec<(RoomName, Option<KeptRoom>)>,
    /// Rooms that have changed since they were written.
    changed: BTreeSet<RoomName>,
    /// The number of the last job that keeps rooms, and whether that has yet to begin.
    last: u64,
    queued: bool,
}

impl Jobs {
    pub fn push(&mut self, job: Job) {
        self.waiting.push_back(job);
    }

    /// A room is to be kept; gives the number of the job that does it.
    pub fn keep(&mut self, room: RoomName) -> u64 {
        self.changed.insert(room);
        if !std::mem::replace(&mut self.queued, true) {
            self.last += 1;
            self.push(Job::Keep(self.last));
        }
        self.last
    }

    /// Whether there is something to begin with.
    pub fn wait(&self) -> bool {
        self.batch.is_empty() && !self.waiting.is_empty()
    }

    /// The disk begins with all that waits; what it writes is as of now.
    pub fn begin(&mut self, now: impl Fn(&RoomName) -> Option<KeptRoom>) {
        self.batch = self.waiting.drain(..).collect();
        if self.batch.iter().any(|job| matches!(job, Job::Keep(_))) {
            self.queued = false;
            let changed = std::mem::take(&mut self.changed);
            self.writes = changed
                .into_iter()
                .map(|name| {
                    let room = now(&name);
                    (name, room)
                })
                .collect();
        }
    }

    /// What was written is safe.
    pub fn commit(&mut self, disk: &mut Disk) {
        for (name, room) in self.writes.drain(..) {
            match room {
                Some(room) => disk.insert(name, room),
                None => disk.remove(&name),
            };
        }
    }

    /// The jobs that are done, in order.
    pub fn done(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.batch)
    }
}
