//! The head of a report: the browser and the time.

use js_sys::Date;
use leptos::prelude::window;
use protocol::UnixMillis;

/// The browser's own name (HTML, `navigator.userAgent`).
pub fn browser_name() -> String {
    window().navigator().user_agent().unwrap_or_default()
}

/// The current time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a clock before 1970 reads as 1970"
)]
pub fn now() -> UnixMillis {
    UnixMillis(Date::now() as u64)
}
