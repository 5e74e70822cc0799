//! What is shown of the screen that the user shares.

/// The user's own screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScreenView {
    /// Not shared.
    #[default]
    Off,
    /// The user chooses in the browser's dialog what of it to share.
    Asking,
    /// Shared.
    On {
        /// With its sound.
        sound: bool,
    },
}
