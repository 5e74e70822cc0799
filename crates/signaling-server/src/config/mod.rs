//! The settings, as typed values: from the command line, the environment and one file.
//!
//! Each section of the file is a table (`table`) with a row for each setting; the re-exports below are the
//! types that the server uses.

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
pub use crate::address_limits::ConnectionLimits;
pub use crate::base_path::{BasePath, BasePathError};
pub use crate::http::{IceSettings, Network, Origin};
pub use crate::hub::{PasswordGuessLimits, QueueBounds};
pub use crate::passwords::HashRules;
pub use crate::socket_limits::SocketLimits;
pub use crate::store::{GuestRules, Quotas, SessionRules};
pub use crate::tls::TlsSource;
pub use arguments::{Action, Arguments};
pub use documentation::documentation;
pub use error::SettingsError;
pub use log::LogFormat;
pub use protocol::http::Registration;
pub use registry::bucket::Rate;
pub use registry::{Bounds, Timings};
pub use settings::Settings;
pub use values::{Config, ProgramConfig};
