//! The page's state: visibility, focus, closing, the prompt before unloading, and network changes.

use call_core::{Event, PageEvent};
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::BeforeUnloadEvent;

use super::browser::{self, Networked};
use super::event_sink::EventSink;

/// Follows the page; dropping it stops that.
pub(super) struct Page {
    _listeners: Vec<EventListener>,
    unload: Option<EventListener>,
}

impl Page {
    pub(super) fn watch(events: &EventSink) -> Self {
        let mut listeners = Vec::new();
        if let Ok(document) = browser::document() {
            for change in ["enterpictureinpicture", "leavepictureinpicture"] {
                let events = events.clone();
                listeners.push(EventListener::new(&document, change, move |_| {
                    events.send(Event::Page(PageEvent::SeenOutside(seen_outside())));
                }));
            }
            let events = events.clone();
            listeners.push(EventListener::new(&document, "visibilitychange", move |_| {
                events.send(Event::Page(PageEvent::Hidden(hidden())));
            }));
        }
        if let Ok(window) = browser::window() {
            let events = events.clone();
            let network: Networked = window.navigator().unchecked_into();
            if let Some(network) = network.connection() {
                let events = events.clone();
                listeners.push(EventListener::new(&network, "change", move |_| {
                    events.send(Event::Page(PageEvent::NetworkChanged));
                }));
            }
            for focus in ["focus", "blur"] {
                let events = events.clone();
                listeners.push(EventListener::new(&window, focus, move |_| {
                    events.send(Event::Page(PageEvent::Focused(focused())));
                }));
            }
            let closing = events.clone();
            listeners.push(EventListener::new(&window, "pagehide", move |_| {
                closing.send(Event::Page(PageEvent::Closing));
            }));
            listeners.push(EventListener::new(&window, "online", move |_| {
                events.send(Event::Page(PageEvent::WentOnline));
            }));
        }
        Self {
            _listeners: listeners,
            unload: None,
        }
    }

    /// Makes the browser ask before it unloads the page (HTML, "prompt to unload"), or not. Browsers do so
    /// only once the user has clicked or typed in the page. There is no listener while it is off: that would
    /// keep the page out of the back/forward cache.
    pub(super) fn ask_before_unload(&mut self, ask: bool) {
        self.unload = browser::window().ok().filter(|_| ask).map(|window| {
            let active = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "beforeunload", active, |event| {
                event.prevent_default();
                if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                    // Browsers from before 2023 look only at this.
                    event.set_return_value("ask");
                }
            })
        });
    }
}

/// Whether videos may be seen while the page is hidden: one is in a window of its own (picture-in-picture), or the browser
/// does not tell, as Firefox.
pub(super) fn seen_outside() -> bool {
    browser::document().is_ok_and(|document| {
        let member = |name: &str| Reflect::get(&document, &name.into()).unwrap_or_default();
        member("pictureInPictureEnabled").is_undefined() || member("pictureInPictureElement").is_object()
    })
}

/// Whether the page's window, or a frame in it, has the focus.
pub(super) fn focused() -> bool {
    browser::document().is_ok_and(|document| document.has_focus().unwrap_or(true))
}

/// Whether the page is hidden.
pub(super) fn hidden() -> bool {
    browser::document().is_ok_and(|document| document.hidden())
}
