//! Timers, identified by name: starting a running timer restarts it, and dropping [`Timers`] stops all.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use call_core::{Event, Timer};
use gloo_timers::callback::Timeout;

use super::event_sink::EventSink;

/// The longest timeout of a browser, in milliseconds (24.8 days): it is a signed 32-bit number, and a larger
/// one counts as zero.
const LONGEST: u32 = i32::MAX as u32;

/// The running timers.
pub(super) struct Timers {
    events: EventSink,
    running: Rc<RefCell<BTreeMap<Timer, Timeout>>>,
}

impl Timers {
    pub(super) fn new(events: EventSink) -> Self {
        Self {
            events,
            running: Rc::default(),
        }
    }

    /// Starts or restarts a timer.
    pub(super) fn start(&self, timer: Timer, after: Duration) {
        let millis = u32::try_from(after.as_millis()).map_or(LONGEST, |millis| millis.min(LONGEST));
        let running = Rc::downgrade(&self.running);
        let events = self.events.clone();
        let timeout = Timeout::new(millis, move || {
            let Some(running) = running.upgrade() else { return };
            let fired = running.borrow_mut().remove(&timer);
            drop(fired);
            events.send(Event::TimerFired(timer));
        });
        self.running.borrow_mut().insert(timer, timeout);
    }

    /// Stops a timer, if it is running.
    pub(super) fn stop(&self, timer: Timer) {
        self.running.borrow_mut().remove(&timer);
    }
}
