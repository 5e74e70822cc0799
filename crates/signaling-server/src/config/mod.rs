//! What the server is told before it starts: as typed values, from the command line, the environment, one file.

mod accounts;
mod limits;
mod log;
mod metrics;
mod rooms;
mod settings;
mod tls;
mod values;

pub use crate::accounts::{AccountRules, AttemptRates};
pub use crate::base_path::{BasePath, BasePathError};
pub use crate::http::{IceSettings, Network, Origin};
pub use crate::hub::{GuessRules, QueueBounds};
pub use crate::pace::Pace;
pub use crate::passwords::HashRules;
pub use crate::places::Crowd;
pub use crate::store::{GuestRules, Quotas, SessionRules};
pub use crate::tls::TlsSource;
pub use log::LogFormat;
pub use protocol::http::Registration;
pub use registry::bucket::Rate;
pub use registry::{Bounds, Timings};
pub use settings::{Instead, Settings, SettingsError};
pub use values::{Config, Started};
