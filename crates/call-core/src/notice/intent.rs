//! Notices on the page, and notifications on the desktop.

use crate::NoticeId;

/// What the user wants of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeIntent {
    /// Close a notice.
    Dismiss(NoticeId),
    /// Be notified on the desktop of invitations while the page is hidden or not focused, if the browser's question is
    /// answered so.
    AllowNotifications,
}
