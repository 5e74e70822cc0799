//! The screen that is shared.

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenEvent {
    /// The user chose what to share.
    Opened {
        /// Whether its sound is shared as well.
        sound: bool,
    },
    /// Nothing is shared.
    Failed(ScreenError),
    /// It ended by itself: by the browser's own button, or with the window or tab.
    Ended,
}

/// Why no screen is shared (W3C Screen Capture §5.1, by `DOMException` name).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenError {
    /// The user closed the browser's dialog, or said no there (`NotAllowedError`).
    Cancelled,
    /// The system does not let the browser see the screen (`NotAllowedError` too, told by its words).
    Blocked,
    /// The system failed to give pictures (`NotReadableError`, `AbortError`).
    NotReadable,
    /// Anything else: the browser has nothing to share, or not in this page.
    Other,
}
