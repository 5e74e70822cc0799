//! Passes the intents of components to the loop.

use call_core::Intent;
use leptos::prelude::*;

/// Sends intents to the app's loop; one that is sent while another input is handled is queued.
#[derive(Clone, Copy)]
pub struct Dispatch(StoredValue<Box<dyn Fn(Intent)>, LocalStorage>);

impl Dispatch {
    /// Provides the components under the current owner with a way to send intents to `take`.
    pub fn provide(take: impl Fn(Intent) + 'static) {
        provide_context(Self(StoredValue::new_local(Box::new(take))));
    }

    /// Sends an intent; does nothing once the app is gone.
    pub fn send(self, intent: impl Into<Intent>) {
        let intent = intent.into();
        self.0.try_with_value(|take| take(intent));
    }
}

/// The dispatch of the surrounding app.
pub fn use_dispatch() -> Dispatch {
    expect_context()
}
