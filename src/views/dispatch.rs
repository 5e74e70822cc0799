//! Passes the intents of components to the loop.

use std::rc::Rc;

use call_core::Intent;
use leptos::prelude::*;

/// Sends intents to the app's loop; one that is sent while another input is handled is queued.
#[derive(Clone, Copy)]
pub struct Dispatch(StoredValue<Rc<dyn Fn(Intent)>, LocalStorage>);

impl Dispatch {
    /// Provides the components under the current owner with a way to send intents to `take`.
    pub fn provide(take: impl Fn(Intent) + 'static) -> Self {
        let dispatch = Self(StoredValue::new_local(Rc::new(take)));
        provide_context(dispatch);
        dispatch
    }

    /// Sends intents to `take` from here on.
    pub fn redirect(self, take: impl Fn(Intent) + 'static) {
        let _ = self.0.try_update_value(|to| *to = Rc::new(take));
    }

    /// Sends an intent; does nothing once the app is gone.
    pub fn send(self, intent: impl Into<Intent>) {
        // Not called while it is borrowed: it may send more.
        if let Some(take) = self.0.try_get_value() {
            take(intent.into());
        }
    }
}

/// The dispatch of the surrounding app.
pub fn use_dispatch() -> Dispatch {
    expect_context()
}
