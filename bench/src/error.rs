//! Why a measurement, or the whole run, failed.

use std::time::Duration;

/// Why a measurement, or the whole run, failed.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A browser, a page or a server failed.
    #[error(transparent)]
    Failure(#[from] e2e::Failure),
    /// A file or a program could not be used.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A contender's page did not do what was wanted.
    #[error("the page of {who}: {message}")]
    Page {
        /// Name of the person.
        who: String,
        /// What was thrown in the page.
        message: String,
    },
    /// A measurement took too long.
    #[error("did not finish within {} s", .0.as_secs())]
    TimedOut(Duration),
    /// The description of a contender could not be read.
    #[error("{file}: {source}")]
    Description {
        /// The file.
        file: String,
        /// What is wrong with it.
        source: toml::de::Error,
    },
    /// The results could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A page or a program answered something unexpected.
    #[error("unexpected answer: {0}")]
    Answer(String),
}
