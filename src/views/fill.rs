//! Whether video fills its tile, which crops what does not fit, or is shown whole.

use leptos::prelude::*;

use crate::platform::preference;

/// The user's choice, stored for the next visit.
#[derive(Clone, Copy)]
pub struct FillChoice(RwSignal<bool>);

impl FillChoice {
    /// Provides the choice of an earlier visit to the components under the current owner; the default is to
    /// show video whole.
    pub fn provide() {
        provide_context(Self(RwSignal::new(preference::fills())));
    }

    /// Whether video fills its tile; reading it in a reactive context subscribes to it.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Toggles the choice, and stores it for the next visit.
    pub fn toggle(self) {
        let fills = !self.0.get_untracked();
        preference::keep_fills(fills);
        self.0.set(fills);
    }
}

/// The choice of the surrounding app.
pub fn use_fill() -> FillChoice {
    expect_context()
}
