//! Full screen: the browser's state as a signal, and the ways in and out (Fullscreen API).
//!
//! The whole page fills the screen, and the style sheet shows only the call in it: so dialogs and notices
//! stay visible, which a single element in full screen would cover.

use gloo_events::EventListener;
use js_sys::Reflect;
use leptos::prelude::*;

/// Whether the browser supports full screen; browsers on small phones do not.
pub fn can_fill_screen() -> bool {
    // By name: the property is missing where it is not supported.
    let enabled = Reflect::get(&document(), &"fullscreenEnabled".into());
    enabled.is_ok_and(|enabled| enabled.is_truthy())
}

/// Whether the page is in full screen; lives as long as the owner that follows it.
#[derive(Clone, Copy)]
pub struct FullScreen(ReadSignal<bool>);

/// Follows whether the page is in full screen, whether by a button here or a key of the browser. Full screen
/// ends with the current owner.
pub fn use_full_screen() -> FullScreen {
    let (on, set_on) = signal(is_full());
    let listener = EventListener::new(&document(), "fullscreenchange", move |_| {
        // The owner, and the signal with it, may be gone.
        let _ = set_on.try_set(is_full());
    });
    StoredValue::new_local(Watch { _listener: listener });
    FullScreen(on)
}

impl FullScreen {
    /// Whether the page is in full screen; reading it in a reactive context subscribes to it.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Enters or leaves full screen; does nothing if the browser refuses.
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

/// The listener; dropping it leaves full screen.
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
