//! The browser: its name, its clock, and loading the page again.

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

/// Loads the page again, for example a newer version of it. If the browser refuses, the page stays as it is, and the
/// browser reports that.
pub fn reload_page() {
    let _ = window().location().reload();
}
