//! In which form the log is written.

use serde::Deserialize;
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

/// The form of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// A JSON object in each line.
    Json,
}

impl LogFormat {
    /// What writes the log to the standard error in this form; `coloured` counts for people alone.
    pub fn layer<S>(self, coloured: bool) -> Box<dyn Layer<S> + Send + Sync>
    where
        S: tracing::Subscriber + for<'a> LookupSpan<'a>,
    {
        let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
        match self {
            Self::Text => layer.with_ansi(coloured).boxed(),
            Self::Json => layer.json().flatten_event(true).boxed(),
        }
    }
}
