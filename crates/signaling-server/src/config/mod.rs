//! What the server is told before it starts: as typed values, from the command line, the environment, one file.

mod log;
mod metrics;
mod settings;
mod values;

pub use crate::accounts::AttemptRates;
pub use crate::bucket::Rate;
pub use crate::http::{IceSettings, Origin};
pub use crate::registry::Timings;
pub use crate::socket::Pace;
pub use log::LogFormat;
pub use settings::{Settings, SettingsError};
pub use values::{Config, Started};
