//! `confab admin`: manages accounts, invite codes and the database, whether the server runs or not.
//!
//! It is a separate process with its own connection to the same database. The server notices by itself, within a
//! second, which sessions it ended (those of disabled accounts).

mod codes;
mod command;
mod users;

use std::io::Write;
use std::path::{Path, PathBuf};

pub use command::Command;

use crate::passwords::{HashRules, SetUpError};
use crate::store::{AdminDatabase, OpenError};

/// Why a command failed. Each message says how to fix it.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// No account has this name.
    #[error("there is no account named {0:?}. See `confab admin user list`")]
    NoUser(String),
    /// The name is taken.
    #[error("the name {0:?} is taken, or looks like one that is. Choose another name")]
    NameTaken(String),
    /// The name is invalid.
    #[error(
        "invalid name {0:?}: use at most 32 letters and digits of one script, with spaces and . _ - ' between them"
    )]
    Name(String),
    /// The password is too short or too long.
    #[error("a password has at least 8 characters and at most 256 bytes")]
    Password,
    /// No code has this number.
    #[error("there is no code with number {0}. See `confab admin code list`")]
    NoCode(i64),
    /// The copy cannot be written to this file.
    #[error(
        "cannot write the copy to {file}: {source}. Name a file that does not exist yet, in a folder that does"
    )]
    Copy {
        /// The file.
        file: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// Reading the password or printing the result failed.
    #[error("cannot read the password, or print the result: {0}")]
    Terminal(#[from] std::io::Error),
    /// Hashing cannot be set up.
    #[error(transparent)]
    Hash(#[from] SetUpError),
    /// The system provides no random bytes.
    #[error("the system provides no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

/// Runs a command and prints its result.
pub fn run(command: Command, data: &Path, hashes: HashRules, out: &mut impl Write) -> Result<(), AdminError> {
    let database = AdminDatabase::open(data)?;
    match command {
        Command::User(user) => users::run(user, &database, hashes, out),
        Command::Code(code) => codes::run(code, &database, out),
        Command::Backup { file } => {
            database.copy(&file).map_err(|error| match error {
                crate::store::CopyError::File(source) => AdminError::Copy {
                    file: file.clone(),
                    source,
                },
                crate::store::CopyError::Database(error) => error.into(),
            })?;
            Ok(writeln!(out, "Copied to {}", file.display())?)
        }
    }
}
