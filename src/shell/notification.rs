//! A desktop notification for a user who is not looking at the page; shown only if the user allowed it.

use gloo_events::EventListener;
use protocol::UserName;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Notification as Shown, NotificationOptions};

use super::browser;
use super::js_error::JsError;
use crate::platform::notification_permission;

/// Returns the text of a notification about an invitation, in the user's language.
pub type InvitationWords = Box<dyn Fn(&UserName) -> String>;

/// The current notification, if any; dropping it closes the notification.
pub(super) struct Notification {
    words: InvitationWords,
    standing: Option<Standing>,
}

struct Standing {
    shown: Shown,
    _click: EventListener,
}

impl Notification {
    pub(super) fn new(words: InvitationWords) -> Self {
        Self {
            words,
            standing: None,
        }
    }

    /// Notifies the user of an invitation; a newer notification replaces an older one.
    pub(super) fn invitation(&mut self, from: &UserName) {
        if notification_permission().as_deref() != Some("granted") {
            return;
        }
        match Standing::show(&(self.words)(from)) {
            Ok(standing) => self.standing = Some(standing),
            Err(error) => error.log("no notification"),
        }
    }

    /// Asks the user for permission, where the browser has notifications.
    pub(super) fn ask() {
        if notification_permission().is_none() {
            return;
        }
        if let Ok(asked) = Shown::request_permission() {
            spawn_local(async move {
                // The answer is looked up when there is something to show.
                let _ = JsFuture::from(asked).await;
            });
        }
    }

    /// Closes the notification: the invitation was answered, or has ended.
    pub(super) fn clear(&mut self) {
        self.standing = None;
    }
}

impl Standing {
    fn show(words: &str) -> Result<Self, JsError> {
        let options = NotificationOptions::new();
        options.set_tag("confab.invitation");
        let shown = Shown::new_with_options(words, &options)?;
        let click = EventListener::new(&shown, "click", |_| {
            if let Ok(window) = browser::window() {
                let _ = window.focus();
            }
        });
        Ok(Self { shown, _click: click })
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        self.shown.close();
    }
}
