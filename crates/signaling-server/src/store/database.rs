//! The database files: where they lie, how they are opened, and their tables from version to version.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rusqlite::{Connection, Transaction};
use rusqlite_migration::{M, Migrations};

/// The file of accounts, messages and the rules of rooms.
const DATABASE: &str = "confab.sqlite";
/// The file of the snapshots of rooms.
const ROOMS: &str = "confab-rooms.sqlite";

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
        M::up(include_str!("migrations/7-no-rooms.sql")),
    ])
});

/// The last version of the tables that has the rooms among them.
const WITH_ROOMS: usize = 6;

/// The tables of the snapshots of rooms, in the same way.
static SNAPSHOTS: LazyLock<Migrations<'static>> =
    LazyLock::new(|| Migrations::new(vec![M::up(include_str!("migrations/rooms/1-begin.sql"))]));

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

/// The open databases, and the lock on their folder.
#[derive(Debug)]
pub(super) struct Databases {
    pub database: Connection,
    pub snapshots: Connection,
    /// To be held for as long as one of them is open.
    pub lock: File,
}

/// Opens the databases in a folder and brings their tables up to date.
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
    // From here on nothing is in it that a power loss may not take.
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

/// Brings the tables of the database up to date. Rooms that an older Confab kept there go to the snapshots, on disk, before
/// their table goes.
fn migrate(database: &mut Connection, snapshots: &Connection) -> rusqlite_migration::Result<()> {
    let version = usize::from(MIGRATIONS.current_version(database)?);
    if version <= WITH_ROOMS {
        MIGRATIONS.to_version(database, WITH_ROOMS)?;
        super::rooms::copy(database, snapshots)?;
    }
    MIGRATIONS.to_latest(database)
}

/// Opens the database in a folder beside the server that may work in it. Its tables are brought up to date if none does, but for
/// the last step, which takes the rooms away: they are for the server that starts next.
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

/// Brings tables up to date that no server works on, but for the last step; says whether they can be used.
fn prepare(database: &mut Connection, alone: bool) -> rusqlite_migration::Result<bool> {
    if alone && usize::from(MIGRATIONS.current_version(database)?) < WITH_ROOMS {
        MIGRATIONS.to_version(database, WITH_ROOMS)?;
    }
    let pending = MIGRATIONS.pending_migrations(database)?;
    Ok(alone || pending == 0)
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

/// Opens a database of this folder, for its owner's eyes only.
fn connect_own(folder: &Path, name: &str) -> Result<(Connection, PathBuf), OpenError> {
    let file = folder.join(name);
    // Made before SQLite would, which gives the files beside it the same mode.
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
    // With FULL, a commit is on disk when it returns; the default of WAL databases may lose the last ones.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    Ok(connection)
}
