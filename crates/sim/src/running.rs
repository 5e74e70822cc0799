//! Running the server: outgoing messages, disk jobs, kills and restarts.

use crate::server::Server;
use crate::world::{Pending, World};

/// Maximum delays of a disk write and of the work that follows it, in milliseconds.
const WRITES: u64 = 30;
const FOLLOWS: u64 = 5;
/// In a rough world, the server is killed during one in this many writes.
const KILLED_AMID: u64 = 60;

impl World {
    /// Sends the server's outgoing messages, and starts the disk if jobs are waiting.
    pub(crate) fn serve(&mut self) {
        let Some(server) = &mut self.server else { return };
        let (out, jobs) = (server.take_out(), server.has_jobs());
        self.send_out(out);
        if jobs && !std::mem::replace(&mut self.disk_busy, true) {
            self.later(0, Pending::DiskBegins(self.starts));
        }
    }

    pub(crate) fn disk_begins(&mut self, start: u64) {
        let (now, same) = (self.now, start == self.starts);
        let Some(server) = self.server.as_mut().filter(|_| same) else {
            return;
        };
        server.disk_begins(now);
        if self.rough && self.chance.u64(..KILLED_AMID) == 0 {
            let amid = self.chance.u64(..WRITES);
            self.kill_within(amid);
        }
        let takes = self.chance.u64(1..=WRITES);
        self.later(takes, Pending::DiskCommits(start));
    }

    pub(crate) fn disk_commits(&mut self, start: u64) {
        let same = start == self.starts;
        if let Some(server) = self.server.as_mut().filter(|_| same) {
            server.disk_commits(&mut self.disk, self.now);
            let takes = self.chance.u64(..FOLLOWS);
            self.later(takes, Pending::DiskDone(start));
        }
    }

    pub(crate) fn disk_done(&mut self, start: u64) {
        let (now, same) = (self.now, start == self.starts);
        if let Some(server) = self.server.as_mut().filter(|_| same) {
            self.disk_busy = false;
            for socket in server.disk_done(now) {
                self.entered(socket);
            }
        }
    }

    /// Kills the server within `millis` milliseconds; it restarts after a random time.
    pub fn kill_within(&mut self, millis: u64) {
        let (soon, within) = (
            self.chance.u64(..=millis),
            self.one_of(&[400, 3_000, 3_000, 20_000]),
        );
        let down_for = 50 + self.chance.u64(..within);
        self.later(soon, Pending::Kill(down_for));
    }

    /// Kills the server, which restarts after `down_for` milliseconds; what was not on disk is lost.
    pub fn kill(&mut self, down_for: u64) {
        if self.server.take().is_none() {
            return;
        }
        self.tell("the server is killed");
        self.disk_busy = false;
        self.break_all();
        self.later(down_for, Pending::ServerStarts);
    }

    /// Clears the rooms on disk, so that the next server knows no seats.
    pub fn lose_rooms(&mut self) {
        self.disk.rooms.clear();
    }

    pub(crate) fn start_server(&mut self) {
        self.tell("the server starts");
        self.starts += 1;
        self.server = Some(Server::start(self.now, &self.disk));
    }
}
