//! The database file: where it lies, how it is opened, and its tables from version to version.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rusqlite::{Connection, Transaction};
use rusqlite_migration::{M, Migrations};

/// The tables, one step after another. Never change a step that was released: add one.
static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(include_str!("migrations/1-begin.sql")),
        M::up(include_str!("migrations/2-rooms.sql")),
        M::up_with_hook(
            include_str!("migrations/3-accounts.sql"),
            |tx: &Transaction<'_>| Ok(super::accounts::renew_keys(tx)?),
        ),
        M::up(include_str!("migrations/4-doors.sql")),
        M::up(include_str!("migrations/5-guests.sql")),
        M::up_with_hook("", |tx: &Transaction<'_>| {
            super::accounts::renew_keys(tx)?;
            super::guests::renew_keys(tx)?;
            Ok(super::respelling::respell(tx)?)
        }),
    ])
});

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or written to.
    #[error(
        "cannot write to the data folder {folder}: {source}. Make it writable, or name another one with --data"
    )]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another server works in the folder.
    #[error(
        "the data folder {folder} is in use by another Confab. Stop that one, or name another folder with --data"
    )]
    InUse {
        /// Which.
        folder: PathBuf,
    },
    /// There is no database to work on.
    #[error("there is no database in {folder}. Name its folder with --data, or start Confab once")]
    Nothing {
        /// Where.
        folder: PathBuf,
    },
    /// The server that runs is of another version.
    #[error("the Confab that runs in {folder} is of another version. Use that one's own program")]
    OtherVersion {
        /// Where.
        folder: PathBuf,
    },
    /// `SQLite` refuses the file.
    #[error("cannot open the database {file}: {source}")]
    Database {
        /// Which.
        file: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
    /// The tables cannot be brought to this version.
    #[error("cannot use the database {file}: {source}. It may belong to a newer Confab")]
    Migration {
        /// Which.
        file: PathBuf,
        /// What is wrong.
        source: rusqlite_migration::Error,
    },
}

/// An open database, and the lock on its folder.
#[derive(Debug)]
pub(super) struct Database {
    pub connection: Connection,
    /// Held for as long as the database is open; declared last, so that it goes last.
    _lock: File,
}

/// Opens the database in a folder and brings its tables up to date.
pub(super) fn open(folder: &Path) -> Result<Database, OpenError> {
    let lock = lock(folder)?;
    let file = folder.join("confab.sqlite");
    // Made before SQLite would, which gives the files beside it the same mode.
    own(&file).map_err(|source| OpenError::Folder {
        folder: folder.to_owned(),
        source,
    })?;
    let connection = connect(&file).map_err(|source| OpenError::Database {
        file: file.clone(),
        source,
    })?;
    let mut database = Database {
        connection,
        _lock: lock,
    };
    MIGRATIONS
        .to_latest(&mut database.connection)
        .map_err(|source| OpenError::Migration { file, source })?;
    Ok(database)
}

/// Opens the database in a folder beside the server that may work in it.
pub(super) fn open_beside(folder: &Path) -> Result<Connection, OpenError> {
    let file = folder.join("confab.sqlite");
    if !file.exists() {
        return Err(OpenError::Nothing {
            folder: folder.to_owned(),
        });
    }
    match open(folder) {
        Ok(database) => Ok(database.connection),
        Err(OpenError::InUse { .. }) => {
            let failed = |source| OpenError::Database {
                file: file.clone(),
                source,
            };
            let connection = connect(&file).map_err(failed)?;
            match MIGRATIONS.pending_migrations(&connection) {
                Ok(0) => Ok(connection),
                Ok(_) => Err(OpenError::OtherVersion {
                    folder: folder.to_owned(),
                }),
                Err(source) => Err(OpenError::Migration { file, source }),
            }
        }
        Err(error) => Err(error),
    }
}

/// Makes the folder, for its owner's eyes only, and takes it.
fn lock(folder: &Path) -> Result<File, OpenError> {
    let failed = |source| OpenError::Folder {
        folder: folder.to_owned(),
        source,
    };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(failed)?;
    let file = own(&folder.join("confab.lock")).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse {
            folder: folder.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Makes a file that is not there yet, for its owner's eyes only.
pub(super) fn own_new(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Opens a file, which is made for its owner's eyes only if there is none: the folder may be older and open to all.
fn own(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    // With FULL, a commit is on disk when it returns; the default of WAL databases may lose the last ones.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    Ok(connection)
}
