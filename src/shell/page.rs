//! Whether the page is seen, and whether the browser came back to a network, or to another one.

use call_core::Event;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;

use super::browser::{self, Networked};
use super::report::Report;

/// Watches the page; dropping it stops that.
pub(super) struct Page {
    _listeners: Vec<EventListener>,
}

impl Page {
    pub(super) fn watch(report: &Report) -> Self {
        let mut listeners = Vec::new();
        if let Ok(document) = browser::document() {
            let report = report.clone();
            listeners.push(EventListener::new(&document, "visibilitychange", move |_| {
                report.send(Event::PageHidden(hidden()));
            }));
        }
        if let Ok(window) = browser::window() {
            let report = report.clone();
            let network: Networked = window.navigator().unchecked_into();
            if let Some(network) = network.connection() {
                let report = report.clone();
                listeners.push(EventListener::new(&network, "change", move |_| {
                    report.send(Event::NetworkChanged);
                }));
            }
            listeners.push(EventListener::new(&window, "online", move |_| {
                report.send(Event::WentOnline);
            }));
        }
        Self {
            _listeners: listeners,
        }
    }
}

/// Whether the page is out of sight.
pub(super) fn hidden() -> bool {
    browser::document().is_ok_and(|document| document.hidden())
}
