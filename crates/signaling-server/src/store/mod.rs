//! Storage: two `SQLite` databases in the data folder, each behind a queue and a thread of its own.
//!
//! Accounts, messages and the rules of rooms go through [`Store::submit`]: a job that works on the database, and what to
//! do with its result. What follows a job happens after its commit is on disk (`synchronous=FULL`), in the order of the
//! jobs. So none of these is acknowledged before it is safe from a power loss, and the order of a room's messages on the
//! wire is the order of their ids. The files beside this one say what the jobs do, in SQL.
//!
//! Snapshots of rooms, who sits where and who calls whom, go through [`Store::save_rooms`] into a database of their own.
//! Its commits are written and not synced (`synchronous=NORMAL`): they survive the end of the process, however it
//! ends, and a power loss may cost the last seconds of them, which rooms get over by themselves. So neither a disk that is
//! slow to sync nor a write of the other database holds up a call.

mod accounts;
mod beside;
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
use registry::KeptRoom;
use rusqlite::Connection;

pub use accounts::Account;
pub use beside::{Beside, CopyError};
pub use chat::{Written, page};
pub use codes::{Code, CodeHash};
pub use database::OpenError;
pub use doors::{carry_out, door, rules};
pub use guests::{Guest, GuestRules, PlaceHash, end as end_guest, lets_guests_in};
pub use quotas::Quotas;
pub use sessions::{Session, SessionRules, TokenHash};

use queue::Queue;

/// Why a job was not done, or may not have been.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// More jobs wait than are taken.
    #[error("the store has as much work as it takes")]
    Busy,
    /// The store has stopped.
    #[error("the store has stopped")]
    Stopped,
    /// The database refused, or the disk did.
    #[error("the database failed: {0}")]
    Database(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.to_string())
    }
}

/// A room and its snapshot; `None` once it has no participants.
pub type Snapshot = (RoomName, Option<KeptRoom>);

/// The way to the databases. Clones lead to the same ones.
#[derive(Clone, Debug)]
pub struct Store {
    database: Queue,
    snapshots: Queue,
}

impl Store {
    /// Opens the databases in a folder, which is made if there is none, and takes the folder for this server alone.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let database::Databases {
            database,
            snapshots,
            lock,
        } = database::open(folder)?;
        // The lock goes with the last of the two.
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

    /// Hands a job in; `then` is called on the store's thread, when what `job` did is on disk, and must not wait
    /// for anything.
    pub fn submit<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
        then: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.database.submit(job, then)
    }

    /// Hands a job in and waits for its result.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.database.run(job).await
    }

    /// Saves the rooms that `changed` gives when their turn has come; `then` is called when they survive the end of the
    /// process. Both are called on the snapshots' thread, and must wait for nothing but a lock that is held for a moment.
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

    /// Blocks until all rooms that were saved are read: only before anybody is served.
    pub fn saved_rooms(&self) -> Result<Vec<(RoomName, KeptRoom)>, StoreError> {
        self.snapshots.wait_for(rooms::saved)
    }

    /// Asks the databases whether they still answer.
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

    /// Does all that was handed in, then closes the databases.
    pub async fn stop(&self) {
        tokio::join!(self.database.stop(), self.snapshots.stop());
    }
}
