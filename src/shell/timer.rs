//! Timers, each by its name: starting one that runs starts it anew, and dropping all of them stops all.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use call_core::{Event, Timer};
use gloo_timers::callback::Timeout;

use super::report::Report;

/// The longest time that a browser counts (24.8 days): it holds milliseconds in 31 bits, and takes more for nothing.
const LONGEST: u32 = i32::MAX as u32;

/// The timers that run.
pub(super) struct Timers {
    report: Report,
    running: Rc<RefCell<BTreeMap<Timer, Timeout>>>,
}

impl Timers {
    pub(super) fn new(report: Report) -> Self {
        Self {
            report,
            running: Rc::default(),
        }
    }

    /// Starts a timer, or starts it anew.
    pub(super) fn start(&self, timer: Timer, after: Duration) {
        let millis = u32::try_from(after.as_millis()).map_or(LONGEST, |millis| millis.min(LONGEST));
        let running = Rc::downgrade(&self.running);
        let report = self.report.clone();
        let timeout = Timeout::new(millis, move || {
            let Some(running) = running.upgrade() else { return };
            let fired = running.borrow_mut().remove(&timer);
            drop(fired);
            report.send(Event::TimerFired(timer));
        });
        self.running.borrow_mut().insert(timer, timeout);
    }

    /// Stops a timer, if it runs.
    pub(super) fn stop(&self, timer: Timer) {
        self.running.borrow_mut().remove(&timer);
    }
}
