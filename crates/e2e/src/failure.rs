//! Why a journey could not go on, in words that need no debugger.

use std::fmt;

/// Why a journey could not go on.
///
/// Its `Debug` form is its `Display` form: a test that returns it prints it readably.
#[derive(thiserror::Error)]
pub enum Failure {
    /// What was waited for did not happen in time.
    #[error("{who} waited {seconds} s in vain: {wish}\n  last look: {seen}\n{page}")]
    InVain {
        /// Who waited.
        who: String,
        /// For what.
        wish: String,
        /// For how long.
        seconds: u64,
        /// What the last look found instead.
        seen: String,
        /// What was on the page.
        page: Box<str>,
    },
    /// The page is not as a journey leaves it: errors in the console, requests to strangers.
    #[error("{who}: {what}")]
    Unexpected {
        /// On whose page.
        who: String,
        /// What is wrong.
        what: String,
    },
    /// The driver refused a command, or is gone.
    #[error("the browser of {who}: {source}")]
    Driver {
        /// Whose browser.
        who: String,
        /// The driver's words.
        source: Box<fantoccini::error::CmdError>,
    },
    /// A browser could not be started.
    #[error("no browser for {who}: {reason}")]
    NoBrowser {
        /// For whom.
        who: String,
        /// Why, and what to do.
        reason: String,
    },
    /// A program beside the browsers could not be started, did not get ready, or ended.
    #[error("{name}: {reason}\n{log}")]
    Program {
        /// Which.
        name: &'static str,
        /// Why.
        reason: String,
        /// What it logged.
        log: Box<str>,
    },
    /// A network could not be made or changed.
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
