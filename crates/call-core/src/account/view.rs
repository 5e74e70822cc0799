//! What is shown of the account.

use protocol::http::Registration;

use crate::{Deed, FormError};

/// The user's account, and who may make one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountView {
    /// Who may make an account here.
    pub registration: Registration,
    /// Whether rooms here may let people in who have none.
    pub guests: bool,
    /// Whether the user is one of those.
    pub guest: bool,
    /// Whether the user sees to it.
    pub open: bool,
    /// What is under way.
    pub busy: Option<Deed>,
    /// What came to nothing, and why.
    pub error: Option<(Deed, FormError)>,
    /// The password was changed a moment ago.
    pub changed: bool,
}
