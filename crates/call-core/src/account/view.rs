//! View of the account.

use protocol::http::Registration;

use crate::{AccountAction, FormError};

/// The user's account and the server's registration settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountView {
    /// Who may create an account on this server.
    pub registration: Registration,
    /// Whether the server allows guests.
    pub guests: bool,
    /// Whether the user is a guest.
    pub guest: bool,
    /// Whether the account panel is open.
    pub open: bool,
    /// The action under way.
    pub busy: Option<AccountAction>,
    /// The action that failed last, and why.
    pub error: Option<(AccountAction, FormError)>,
    /// Whether the password has just been changed.
    pub changed: bool,
}
