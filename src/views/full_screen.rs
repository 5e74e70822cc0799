//! The page over the whole screen: the browser's state as a signal, and the ways in and out (Fullscreen API).
//!
//! It is the page as a whole that fills the screen, and the style sheet shows the call alone in it: dialogs and
//! notices are still seen, which would not be over a single element.

use gloo_events::EventListener;
use js_sys::Reflect;
use leptos::prelude::*;

/// Whether the browser can fill the screen; those of small phones cannot.
pub fn can_fill_screen() -> bool {
    // By name: the property is missing where there is nothing to tell of.
    let enabled = Reflect::get(&document(), &"fullscreenEnabled".into());
    enabled.is_ok_and(|enabled| enabled.is_truthy())
}

/// Whether the page fills the screen, for as long as the owner lives that follows it.
#[derive(Clone, Copy)]
pub struct FullScreen(ReadSignal<bool>);

/// Follows whether the page fills the screen, whoever did that: a button here, or a key of the browser's. When the
/// current owner goes, so does the full screen.
pub fn use_full_screen() -> FullScreen {
    let (on, set_on) = signal(is_full());
    let listener = EventListener::new(&document(), "fullscreenchange", move |_| {
        // After the owner is gone there is nothing to write to.
        let _ = set_on.try_set(is_full());
    });
    StoredValue::new_local(Watch { _listener: listener });
    FullScreen(on)
}

impl FullScreen {
    /// Whether the screen is filled; read in a reactive place, it is followed.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Fills the screen, or goes back. A browser that will not leaves all as it is.
    pub fn toggle(self) {
        if is_full() {
            document().exit_fullscreen();
        } else if let Some(page) = document().document_element() {
            let _ = page.request_fullscreen();
        }
    }
}

fn is_full() -> bool {
    document().fullscreen_element().is_some()
}

/// The listener; in the end the page is as it was.
struct Watch {
    _listener: EventListener,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if is_full() {
            document().exit_fullscreen();
        }
    }
}
