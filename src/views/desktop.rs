//! Whether the browser shows notifications on the desktop.

use js_sys::Reflect;
use leptos::prelude::window;

/// The browser's word on notifications (Notifications API §2.1): `granted`, `denied`, or `default` until the user
/// has been asked. `None` where there are none, as in some browsers of phones.
pub fn notification_permission() -> Option<String> {
    let notification = Reflect::get(&window(), &"Notification".into()).ok()?;
    Reflect::get(&notification, &"permission".into())
        .ok()?
        .as_string()
}
