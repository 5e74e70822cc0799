//! What the shell does for screen sharing.

use crate::RequestId;

/// An order about screen sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenOrder {
    /// Open the browser's dialog for a screen, window or tab; answer with `Opened` or `Failed`.
    Open(RequestId),
    /// Stop sharing. If a pending request still opens a screen, close it too.
    Close,
}
