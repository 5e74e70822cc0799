//! The screen that is shared.

use crate::RequestId;

/// What to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenOrder {
    /// Let the browser ask the user which screen, window or tab to share; answer to the request with `Opened` or `Failed`.
    Open(RequestId),
    /// Share nothing any more. What an unanswered request still brings is given back too.
    Close,
}
