//! Why a journey failed, readable without a debugger.

use std::fmt;

/// Why a journey failed.
///
/// `Debug` prints the same as `Display`, so that a test that returns it is readable.
#[derive(thiserror::Error)]
pub enum Failure {
    /// A condition did not hold in time.
    #[error("{who} timed out after {seconds} s waiting for {wish}\n  last seen: {seen}\n{page}")]
    TimedOut {
        /// Name of the person.
        who: String,
        /// The condition; completes "waiting for …".
        wish: String,
        /// Time limit, in seconds.
        seconds: u64,
        /// What the last check found instead.
        seen: String,
        /// Description of the page.
        page: Box<str>,
    },
    /// The page is in an unexpected state: errors in the console, requests to other hosts.
    #[error("{who}: {what}")]
    Unexpected {
        /// Name of the person.
        who: String,
        /// What is wrong.
        what: String,
    },
    /// The driver rejected a command, or is gone.
    #[error("the browser of {who}: {source}")]
    Driver {
        /// Name of the person.
        who: String,
        /// The driver's error.
        source: Box<fantoccini::error::CmdError>,
    },
    /// A browser could not be started.
    #[error("no browser for {who}: {reason}")]
    NoBrowser {
        /// Name of the person.
        who: String,
        /// The reason, and what to do about it.
        reason: String,
    },
    /// Another program could not be started, did not become ready, or exited.
    #[error("{name}: {reason}\n{log}")]
    Program {
        /// Name of the program.
        name: &'static str,
        /// What went wrong.
        reason: String,
        /// Its log.
        log: Box<str>,
    },
    /// A network could not be created or changed.
    #[error("networks: {0}")]
    Network(String),
    /// A file or a program could not be used.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
