//! The address bar: shows the app's path, and reports when the user goes back or forward.
//!
//! Each history entry that the app creates has its position in its state, so a step by the user can be
//! reverted, and repeated, in either direction.
//!
//! Paths are passed on as the browser has them, percent-encoded and without the base path; the core parses
//! them.

use std::cell::Cell;
use std::rc::Rc;

use call_core::{Event, PageEvent};
use gloo_events::EventListener;
use wasm_bindgen::JsValue;

use super::browser;
use super::event_sink::EventSink;
use crate::base_path::base_path;

/// Follows the address bar; dropping it stops that.
pub(super) struct Location {
    steps: Rc<Cell<Steps>>,
    _listener: Option<EventListener>,
}

/// The position of the page in the tab's history, and the last step there.
#[derive(Clone, Copy, Default)]
struct Steps {
    position: i32,
    last: i32,
}

impl Location {
    pub(super) fn watch(events: EventSink) -> Self {
        let steps = Rc::new(Cell::new(Steps {
            position: position(),
            last: 0,
        }));
        let seen = Rc::clone(&steps);
        let listener = browser::window().ok().map(|window| {
            EventListener::new(&window, "popstate", move |_| {
                let position = position();
                let last = position - seen.get().position;
                seen.set(Steps { position, last });
                events.send(Event::Page(PageEvent::PathChanged(path())));
            })
        });
        Self {
            steps,
            _listener: listener,
        }
    }

    /// Shows a path; with `step`, as a new history entry, which the back button undoes.
    pub(super) fn show(&self, shown: &str, step: bool) {
        if shown == path() {
            return;
        }
        let shown = base_path() + shown;
        let mut steps = self.steps.get();
        steps.position += i32::from(step);
        let state = JsValue::from(steps.position);
        let outcome = browser::window().and_then(|window| {
            let history = window.history()?;
            if step {
                history.push_state_with_url(&state, "", Some(&shown))?;
            } else {
                history.replace_state_with_url(&state, "", Some(&shown))?;
            }
            Ok(())
        });
        match outcome {
            Ok(()) => self.steps.set(steps),
            Err(error) => error.log("the path cannot be shown"),
        }
    }

    /// Reverts the user's last step, or the last revert; `PathChanged` reports it.
    pub(super) fn revert_step(&self) {
        let back = -self.steps.get().last;
        let outcome = browser::window().and_then(|window| Ok(window.history()?.go_with_delta(back)?));
        if let Err(error) = outcome {
            error.log("the step cannot be taken back");
        }
    }
}

/// The position of the current entry; 0 for one that the app did not create.
fn position() -> i32 {
    let state = browser::window().and_then(|window| Ok(window.history()?.state()?));
    let position = state.ok().and_then(|state| state.as_f64());
    #[expect(clippy::cast_possible_truncation, reason = "the app counted it as an i32")]
    position.map_or(0, |position| position as i32)
}

/// The path in the address bar, with the query string.
pub(super) fn path() -> String {
    browser::window()
        .and_then(|window| {
            let location = window.location();
            let pathname = location.pathname()?;
            let path = pathname.strip_prefix(&base_path()).unwrap_or(&pathname);
            Ok(path.to_owned() + &location.search()?)
        })
        .unwrap_or_default()
}
