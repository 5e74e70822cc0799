//! A desktop notification for a user who looks elsewhere.
//!
//! It is shown only where the user allowed it before, and only while the page is out of sight.

use gloo_events::EventListener;
use protocol::UserName;
use web_sys::{Notification as Shown, NotificationOptions, NotificationPermission};

use super::js_error::JsError;
use super::{browser, page};

/// The words of a notification about somebody who asks to talk, in the user's language.
pub type InvitationWords = fn(&UserName) -> String;

/// The notification that stands, if any; dropping it takes it away.
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

    /// Tells that somebody asks; a newer one replaces an older.
    pub(super) fn invitation(&mut self, from: &UserName) {
        if !page::hidden() || Shown::permission() != NotificationPermission::Granted {
            return;
        }
        match Standing::show(&(self.words)(from)) {
            Ok(standing) => self.standing = Some(standing),
            Err(error) => error.log("no notification"),
        }
    }

    /// Takes the notification away: it is answered, or nobody asks any more.
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
