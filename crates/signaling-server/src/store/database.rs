//! The database files: where they are, how they are opened, and their migrations.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rusqlite::{Connection, Transaction};
use rusqlite_migration::{M, Migrations};

/// The file of accounts, messages and room rules.
const DATABASE: &str = "confab.sqlite";
/// The file of room snapshots.
const ROOMS: &str = "confab-rooms.sqlite";

/// The migrations of the database. Never change a released step: add one.
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
        M::up(include_str!("migrations/7-no-rooms.sql")),
    ])
});

/// The last schema version with a table of rooms.
const WITH_ROOMS: usize = 6;

/// The migrations of the snapshots; the same rule applies.
static SNAPSHOTS: LazyLock<Migrations<'static>> =
    LazyLock::new(|| Migrations::new(vec![M::up(include_str!("migrations/rooms/1-begin.sql"))]));

/// Why the databases could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be created or written to.
    #[error(
        "cannot write to the data folder {folder}: {source}. Make it writable, or name another one with --data"
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Another server is using the folder.
    #[error(
        "the data folder {folder} is in use by another Confab. Stop that one, or name another folder with --data"
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// There is no database to open.
    #[error("there is no database in {folder}. Name its folder with --data, or start Confab once")]
    Nothing {
        /// The folder.
        folder: PathBuf,
    },
    /// The running server is of another version.
    #[error("the Confab that runs in {folder} is of another version. Use the program of that version")]
    OtherVersion {
        /// The folder.
        folder: PathBuf,
    },
    /// `SQLite` refuses the file.
    #[error("cannot open the database {file}: {source}")]
    Database {
        /// The file.
        file: PathBuf,
        /// The error of `SQLite`.
        source: rusqlite::Error,
    },
    /// The tables cannot be migrated to this version.
    #[error("cannot use the database {file}: {source}. It may belong to a newer Confab")]
    Migration {
        /// The file.
        file: PathBuf,
        /// The error.
        source: rusqlite_migration::Error,
    },
}

/// The open databases, and the lock on their folder.
#[derive(Debug)]
pub(super) struct Databases {
    pub database: Connection,
    pub snapshots: Connection,
    /// Must be held for as long as one of them is open.
    pub lock: File,
}

/// Opens the databases in a folder and migrates them.
pub(super) fn open(folder: &Path) -> Result<Databases, OpenError> {
    let lock = lock(folder)?;
    let (mut database, file) = connect_own(folder, DATABASE)?;
    let (mut snapshots, snapshots_file) = connect_own(folder, ROOMS)?;
    let migrated = |source| OpenError::Migration {
        file: snapshots_file.clone(),
        source,
    };
    SNAPSHOTS.to_latest(&mut snapshots).map_err(migrated)?;
    migrate(&mut database, &snapshots).map_err(|source| OpenError::Migration { file, source })?;
    // From here on, it contains only what a power loss may cost.
    let relaxed = snapshots.pragma_update(None, "synchronous", "NORMAL");
    relaxed.map_err(|source| OpenError::Database {
        file: snapshots_file,
        source,
    })?;
    Ok(Databases {
        database,
        snapshots,
        lock,
    })
}

/// Migrates the database. Rooms that an older version stored there are copied to the snapshots, on disk, before
/// their table is dropped.
fn migrate(database: &mut Connection, snapshots: &Connection) -> rusqlite_migration::Result<()> {
    let version = usize::from(MIGRATIONS.current_version(database)?);
    if version <= WITH_ROOMS {
        MIGRATIONS.to_version(database, WITH_ROOMS)?;
        super::rooms::copy(database, snapshots)?;
    }
    MIGRATIONS.to_latest(database)
}

/// Opens the database in a folder, where a server may be running. If none is, the database is migrated, except
/// for the last step, which drops the rooms: the next server to start needs them.
pub(super) fn open_beside(folder: &Path) -> Result<Connection, OpenError> {
    let file = folder.join(DATABASE);
    if !file.exists() {
        return Err(OpenError::Nothing {
            folder: folder.to_owned(),
        });
    }
    let alone = match lock(folder) {
        Ok(lock) => Some(lock),
        Err(OpenError::InUse { .. }) => None,
        Err(error) => return Err(error),
    };
    let (mut database, file) = connect_own(folder, DATABASE)?;
    match prepare(&mut database, alone.is_some()) {
        Ok(true) => Ok(database),
        Ok(false) => Err(OpenError::OtherVersion {
            folder: folder.to_owned(),
        }),
        Err(source) => Err(OpenError::Migration { file, source }),
    }
}

/// Migrates tables that no server is using, except for the last step. Returns whether they can be used.
fn prepare(database: &mut Connection, alone: bool) -> rusqlite_migration::Result<bool> {
    if alone && usize::from(MIGRATIONS.current_version(database)?) < WITH_ROOMS {
        MIGRATIONS.to_version(database, WITH_ROOMS)?;
    }
    let pending = MIGRATIONS.pending_migrations(database)?;
    Ok(alone || pending == 0)
}

/// Creates the folder, accessible to its owner only, and locks it.
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

/// Creates a new file, accessible to its owner only.
pub(super) fn own_new(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Opens a file, and creates it if missing, accessible to its owner only: the folder may be older and open to
/// all.
fn own(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Opens a database in this folder, accessible to its owner only.
fn connect_own(folder: &Path, name: &str) -> Result<(Connection, PathBuf), OpenError> {
    let file = folder.join(name);
    // Created before SQLite does, which gives the files beside it the same mode.
    own(&file).map_err(|source| OpenError::Folder {
        folder: folder.to_owned(),
        source,
    })?;
    match connect(&file) {
        Ok(connection) => Ok((connection, file)),
        Err(source) => Err(OpenError::Database { file, source }),
    }
}

fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    // With FULL, a commit is on disk when it returns; NORMAL may lose the last ones of a WAL database.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    Ok(connection)
}
