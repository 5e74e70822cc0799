//! Storage: two `SQLite` databases in the data folder, each with a queue and a thread of its own.
//!
//! Accounts, messages and room rules go through [`Store::submit`]: a job that works on the database, and a
//! callback for its result. The callback runs after the commit is on disk (`synchronous=FULL`), in the order of
//! the jobs. So none of these is acknowledged before it is safe from a power loss, and a room's messages are
//! sent in the order of their ids. The files beside this one contain the jobs, in SQL.
//!
//! Snapshots of rooms (seats and calls) go through [`Store::save_rooms`] into a database of their own. Its
//! commits are written and not synced (`synchronous=NORMAL`): they survive any end of the process, and a power
//! loss may cost the last seconds, from which rooms recover by themselves. So neither a disk that is slow to
//! sync nor a write to the other database holds up a call.

mod accounts;
mod admin;
mod blocks;
mod chat;
mod codes;
mod columns;
mod database;
mod doors;
mod guests;
mod passes;
mod queue;
mod quotas;
mod respelling;
mod rooms;
mod sessions;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use protocol::RoomName;
use registry::RoomSnapshot;
use rusqlite::Connection;

pub use accounts::Account;
pub use admin::{AdminDatabase, CopyError};
pub use chat::{Written, page};
pub use codes::{Code, CodeHash};
pub use database::OpenError;
pub use doors::{carry_out, door, rules};
pub use guests::{AddressHash, Guest, GuestRules, end as end_guest, lets_guests_in};
pub use quotas::Quotas;
pub use sessions::{Session, SessionRules, TokenHash};

use queue::Queue;

/// Why a job failed, or may have failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The queue is full.
    #[error("the queue of the store is full")]
    Busy,
    /// The store has stopped.
    #[error("the store has stopped")]
    Stopped,
    /// The database or the disk failed.
    #[error("the database failed: {0}")]
    Database(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.to_string())
    }
}

/// A room and its snapshot; `None` once it has no participants.
pub type Snapshot = (RoomName, Option<RoomSnapshot>);

/// A handle to the databases. Clones share them.
#[derive(Clone, Debug)]
pub struct Store {
    database: Queue,
    snapshots: Queue,
}

impl Store {
    /// Opens the databases in a folder, which is created if missing, and locks the folder.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let database::Databases {
            database,
            snapshots,
            lock,
        } = database::open(folder)?;
        // Released with the last of the two.
        let lock = Arc::new(lock);
        let start = |name, connection| {
            Queue::start(name, connection, Arc::clone(&lock)).map_err(|source| OpenError::Folder {
                folder: folder.to_owned(),
                source,
            })
        };
        Ok(Self {
            database: start("store", database)?,
            snapshots: start("snapshots", snapshots)?,
        })
    }

    /// Submits a job. `then` is called on the store's thread, once the changes of `job` are on disk, and must
    /// not block.
    pub fn submit<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
        then: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.database.submit(job, then)
    }

    /// Submits a job and waits for its result.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.database.run(job).await
    }

    /// Saves the rooms that `changed` returns when the job runs. `then` is called once they survive the end of
    /// the process. Both are called on the snapshots' thread, and may only wait for locks that are held
    /// briefly.
    pub fn save_rooms(
        &self,
        changed: impl FnOnce() -> Vec<Snapshot> + Send + 'static,
        then: impl FnOnce(Result<(), StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        let save = |connection: &Connection| {
            let mut rooms = changed().into_iter();
            rooms.try_for_each(|(name, room)| rooms::save(connection, &name, room.as_ref()))
        };
        self.snapshots.submit(save, then)
    }

    /// Reads all saved rooms. Blocks, so only for startup.
    pub fn saved_rooms(&self) -> Result<Vec<(RoomName, RoomSnapshot)>, StoreError> {
        self.snapshots.wait_for(rooms::saved)
    }

    /// Checks that the databases still accept writes.
    pub async fn check(&self) -> Result<(), StoreError> {
        tokio::try_join!(self.database.check(), self.snapshots.check()).map(drop)
    }

    /// Waits until one of the databases has stopped, for whatever reason.
    pub async fn ended(&self) {
        tokio::select! {
            () = self.database.ended() => {}
            () = self.snapshots.ended() => {}
        }
    }

    /// Finishes all submitted jobs, then closes the databases.
    pub async fn stop(&self) {
        tokio::join!(self.database.stop(), self.snapshots.stop());
    }
}
