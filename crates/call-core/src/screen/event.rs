//! Events of screen sharing.

/// An event of screen sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenEvent {
    /// The user chose what to share.
    Opened {
        /// Whether its audio is shared as well.
        sound: bool,
    },
    /// Nothing is shared.
    Failed(ScreenError),
    /// Sharing ended by itself: by the browser's own button, or with the window or tab.
    Ended,
}

/// Why no screen is shared (W3C Screen Capture §5.1, by `DOMException` name).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenError {
    /// The user closed the browser's dialog, or refused there (`NotAllowedError`).
    Cancelled,
    /// The system denies the browser access to the screen (`NotAllowedError` too, distinguished by its message).
    Blocked,
    /// The system delivered no video (`NotReadableError`, `AbortError`).
    NotReadable,
    /// Any other error: the browser has nothing to share, or does not allow it in this page.
    Other,
}
