//! The format of the log.

use serde::Deserialize;
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

/// The format of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// Human-readable lines.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

impl LogFormat {
    /// Returns a layer that writes the log to standard error in this format. `coloured` applies to text only.
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
