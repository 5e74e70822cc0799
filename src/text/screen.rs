//! Texts about what keeps a screen from being shared, each with what to do about it.

use call_core::ScreenError;

use super::Texts;

/// Why nothing is shared.
pub fn error(t: &Texts, error: ScreenError) -> &'static str {
    match error {
        ScreenError::Blocked => t.screen_blocked,
        ScreenError::NotReadable => t.screen_not_readable,
        // A user who cancels gets no notice of it.
        ScreenError::Cancelled | ScreenError::Other => t.screen_other,
    }
}
