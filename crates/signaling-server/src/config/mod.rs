//! What the server is told before it starts: as typed values, from the command line, the environment, one file.
//!
//! Each section of the file is a table ([`table`]) with a row for each setting; what the server makes of it stands below.

mod accounts;
mod arguments;
mod documentation;
mod error;
mod guests;
mod limits;
mod log;
mod metrics;
mod rooms;
mod settings;
mod table;
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
pub use arguments::{Arguments, Instead};
pub use documentation::documentation;
pub use error::SettingsError;
pub use log::LogFormat;
pub use protocol::http::Registration;
pub use registry::bucket::Rate;
pub use registry::{Bounds, Timings};
pub use settings::Settings;
pub use values::{Config, Started};
