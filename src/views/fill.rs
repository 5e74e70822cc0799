//! Whether pictures fill their tiles, which cuts off what does not fit, or are seen whole.

use leptos::prelude::*;

use crate::platform::preference;

/// The user's choice, kept from visit to visit.
#[derive(Clone, Copy)]
pub struct FillChoice(RwSignal<bool>);

impl FillChoice {
    /// Gives the components under the current owner what the user chose on an earlier visit; at first, pictures are whole.
    pub fn provide() {
        provide_context(Self(RwSignal::new(preference::fills())));
    }

    /// Whether pictures fill their tiles; read in a reactive place, it is followed.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Changes the choice, and keeps it for the next visit.
    pub fn toggle(self) {
        let fills = !self.0.get_untracked();
        preference::keep_fills(fills);
        self.0.set(fills);
    }
}

/// The choice of the app around this component.
pub fn use_fill() -> FillChoice {
    expect_context()
}
