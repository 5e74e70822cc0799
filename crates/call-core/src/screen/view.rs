//! The user's own screen sharing as it is shown.

/// State of the user's own screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScreenView {
    /// Not shared.
    #[default]
    Off,
    /// The browser's dialog is open.
    Asking,
    /// Shared.
    On {
        /// Whether its audio is shared as well.
        sound: bool,
    },
}
