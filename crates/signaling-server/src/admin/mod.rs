//! `confab admin`: what whoever runs the server does to its accounts, codes and database, while it runs or not.
//!
//! It is another program beside the server and works on the same database, by a connection of its own. What it ends
//! (sessions, of accounts that are disabled), the server finds out by itself, within a second.

mod codes;
mod command;
mod users;

use std::io::Write;
use std::path::{Path, PathBuf};

pub use command::Command;

use crate::passwords::{HashRules, SetUpError};
use crate::store::{Beside, OpenError};

/// Why something was not done; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database refused.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// No account has this name.
    #[error("there is no account named {0:?}. See `confab admin user list`")]
    NoUser(String),
    /// The name is taken.
    #[error("an account is named {0:?} already, or looks as if it were. Choose another name")]
    NameTaken(String),
    /// The name breaks the rules.
    #[error(
        "no account can be named {0:?}: letters and digits of one script, with spaces and . _ - ' between, 32 at most"
    )]
    Name(String),
    /// The password breaks the rules.
    #[error("a password has 8 characters at least, and 256 bytes at most")]
    Password,
    /// No code has this number.
    #[error("there is no code of number {0}. See `confab admin code list`")]
    NoCode(i64),
    /// The copy cannot be made there.
    #[error(
        "cannot write the copy to {file}: {source}. Name a file that is not there yet, in a folder that is"
    )]
    Copy {
        /// Where.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Neither standard input nor standard output may be closed.
    #[error("cannot read the password, or print the answer: {0}")]
    Terminal(#[from] std::io::Error),
    /// No random bytes, or no hash.
    #[error(transparent)]
    Hash(#[from] SetUpError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

/// Does what was asked, and prints what came of it.
pub fn run(command: Command, data: &Path, hashes: HashRules, out: &mut impl Write) -> Result<(), AdminError> {
    let database = Beside::open(data)?;
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
