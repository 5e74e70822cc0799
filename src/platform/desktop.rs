//! Desktop features of the browser: notifications and screen sharing.

use js_sys::Reflect;
use leptos::prelude::window;

/// The permission for notifications (Notifications API §2.1): `granted`, `denied`, or `default` until the
/// user has decided. `None` where the browser has no notifications, as some on phones.
pub fn notification_permission() -> Option<String> {
    let notification = Reflect::get(&window(), &"Notification".into()).ok()?;
    Reflect::get(&notification, &"permission".into())
        .ok()?
        .as_string()
}

/// Whether the browser can share a screen (W3C Screen Capture §5.1); browsers on phones cannot.
pub fn can_share_screen() -> bool {
    let devices = Reflect::get(&window().navigator(), &"mediaDevices".into());
    devices
        .and_then(|devices| Reflect::get(&devices, &"getDisplayMedia".into()))
        .is_ok_and(|share| share.is_function())
}
