//! The start: the sign-in page, if the core will show it, then the core as soon as its chunk is there.

mod core;
mod load;
mod outdated;
mod styles;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

pub use outdated::reload_if_replaced;

use crate::shell::{ServerAddress, Shell};
use crate::text::EarlyText;
use crate::views::{Dispatch, ViewSignals};
use load::{Start, load};

/// Provides the contexts of the components, and starts the core as soon as it is loaded. Intents until then are
/// kept.
pub fn start(server: Option<ServerAddress>) {
    let signals = ViewSignals::provide();
    signals.show_early(Shell::early_page());
    let intents = Rc::<RefCell<Vec<_>>>::default();
    let kept = Rc::clone(&intents);
    let dispatch = Dispatch::provide(move |intent| {
        signals.show_waiting();
        kept.borrow_mut().push(intent);
    });
    load(Start {
        text: EarlyText::provide(),
        signals,
        dispatch,
        intents,
        owner: Owner::current().unwrap_or_default(),
        server,
    });
}
