//! The setting `guests`.

use serde::Deserialize;

/// Whether rooms may admit people without an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guests {
    /// A room admits guests if its moderators want that.
    Allow,
    /// No room admits guests.
    Deny,
}
