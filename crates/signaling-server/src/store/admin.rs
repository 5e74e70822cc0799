//! A second connection to the database, for one command, whether the server runs or not.

use std::io;
use std::path::Path;

use rusqlite::Connection;

use super::database::{self, OpenError};

/// A database that a server may be using at the same time.
#[derive(Debug)]
pub struct AdminDatabase(Connection);

/// Why copying failed.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The file cannot be created, or exists already.
    #[error(transparent)]
    File(#[from] io::Error),
    /// `SQLite` failed.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

impl AdminDatabase {
    /// Opens the database in a folder. It is migrated unless a server is using it.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        database::open_beside(folder).map(Self)
    }

    /// Runs a change completely, or not at all.
    pub fn change<T>(&self, change: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        self.0.execute_batch("BEGIN IMMEDIATE")?;
        let done = change(&self.0);
        self.0
            .execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done
    }

    /// Copies the current state of the database into a new file that only its owner may read.
    pub fn copy(&self, file: &Path) -> Result<(), CopyError> {
        database::own_new(file)?;
        let copied = self
            .0
            .execute("VACUUM INTO ?1", [file.to_string_lossy().as_ref()]);
        if copied.is_err() {
            // Leave no partial copy behind.
            let _ = std::fs::remove_file(file);
        }
        copied?;
        Ok(())
    }
}
