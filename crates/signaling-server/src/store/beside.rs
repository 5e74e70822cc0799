//! The database beside the server: one connection for one command, whether the server runs or not.

use std::io;
use std::path::Path;

use rusqlite::Connection;

use super::database::{self, OpenError};

/// A database that a server may work in at the same time.
#[derive(Debug)]
pub struct Beside(Connection);

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The file cannot be made, or is there already.
    #[error(transparent)]
    File(#[from] io::Error),
    /// `SQLite` gave up.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

impl Beside {
    /// Opens the database in a folder. It is brought up to date unless a server has it.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        database::open_beside(folder).map(Self)
    }

    /// Does something wholly or not at all.
    pub fn change<T>(&self, change: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        self.0.execute_batch("BEGIN IMMEDIATE")?;
        let done = change(&self.0);
        self.0
            .execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done
    }

    /// Copies the database as it is at this moment into a new file, which its owner alone may read.
    pub fn copy(&self, file: &Path) -> Result<(), CopyError> {
        database::own_new(file)?;
        let copied = self
            .0
            .execute("VACUUM INTO ?1", [file.to_string_lossy().as_ref()]);
        if copied.is_err() {
            // Half a copy is none.
            let _ = std::fs::remove_file(file);
        }
        copied?;
        Ok(())
    }
}
