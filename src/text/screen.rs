//! Words for what keeps a screen from being shared, each with the way out.

use call_core::ScreenError;

use super::Texts;

/// Why nothing is shared.
pub fn error(t: &Texts, error: ScreenError) -> &'static str {
    match error {
        ScreenError::Blocked => t.screen_blocked,
        ScreenError::NotReadable => t.screen_not_readable,
        // Who cancels is not told so.
        ScreenError::Cancelled | ScreenError::Other => t.screen_other,
    }
}
