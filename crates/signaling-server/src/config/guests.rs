//! Whether rooms may let in people without an account.

use serde::Deserialize;

/// As a person says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guests {
    /// Where the room's moderators want that.
    Allow,
    /// Nowhere.
    Deny,
}
