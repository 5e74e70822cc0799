//! What the user does with screen sharing.

/// What the user wants from screen sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenIntent {
    /// Share the screen, a window or a tab, as the user chooses in the browser's dialog.
    Share,
    /// Stop sharing.
    Stop,
}
