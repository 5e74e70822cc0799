//! How a component says what the user wishes.

use call_core::Intent;
use leptos::prelude::*;

/// Takes wishes to the app's loop; a wish made while another input is handled waits its turn.
#[derive(Clone, Copy)]
pub struct Dispatch(StoredValue<Box<dyn Fn(Intent)>, LocalStorage>);

impl Dispatch {
    /// Gives the components under the current owner a way to `take` their wishes.
    pub fn provide(take: impl Fn(Intent) + 'static) {
        provide_context(Self(StoredValue::new_local(Box::new(take))));
    }

    /// Says a wish. After the app is gone nobody hears it.
    pub fn send(self, intent: impl Into<Intent>) {
        let intent = intent.into();
        self.0.try_with_value(|take| take(intent));
    }
}

/// The dispatch of the app around this component.
pub fn use_dispatch() -> Dispatch {
    expect_context()
}
