//! The screen that the user shares.

/// What the user wants about sharing the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenIntent {
    /// Share the screen, a window or a tab: the browser lets the user choose which.
    Share,
    /// Stop sharing.
    Stop,
}
