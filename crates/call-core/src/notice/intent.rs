//! What the user does with notices, and with desktop notifications.

use crate::NoticeId;

/// What the user wants from notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeIntent {
    /// Dismiss a notice.
    Dismiss(NoticeId),
    /// Ask the browser for permission to show desktop notifications of invitations while the page is hidden
    /// or not focused.
    AllowNotifications,
}
