//! The address bar: shows where the app is, and tells when the user goes back or forward.
//!
//! Paths are handed over as the browser has them, with percent signs; the core knows what they mean.

use call_core::Event;
use gloo_events::EventListener;
use wasm_bindgen::JsValue;

use super::browser;
use super::report::Report;

/// Watches the address bar; dropping it stops that.
pub(super) struct Location {
    _listener: Option<EventListener>,
}

impl Location {
    pub(super) fn watch(report: Report) -> Self {
        let listener = browser::window().ok().map(|window| {
            EventListener::new(&window, "popstate", move |_| {
                report.send(Event::PathChanged(path()));
            })
        });
        Self { _listener: listener }
    }
}

/// Shows a path; `step` makes it one that the back button undoes.
pub(super) fn show(shown: &str, step: bool) {
    if shown == path() {
        return;
    }
    let outcome = browser::window().and_then(|window| {
        let history = window.history()?;
        if step {
            history.push_state_with_url(&JsValue::NULL, "", Some(shown))?;
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(shown))?;
        }
        Ok(())
    });
    if let Err(error) = outcome {
        error.log("the path cannot be shown");
    }
}

/// The path in the address bar, and what follows it after a question mark.
pub(super) fn path() -> String {
    browser::window()
        .and_then(|window| {
            let location = window.location();
            Ok(location.pathname()? + &location.search()?)
        })
        .unwrap_or_default()
}
