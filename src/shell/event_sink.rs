//! Reports events to the loop.

use std::rc::Rc;

use call_core::Event;

/// Passes events to the loop; drops them once the loop is gone.
#[derive(Clone)]
pub struct EventSink(Rc<dyn Fn(Event)>);

impl EventSink {
    /// Reports to `take`, which must not own the shell: the shell owns the sink.
    pub fn new(take: impl Fn(Event) + 'static) -> Self {
        Self(Rc::new(take))
    }

    /// Reports an event.
    pub fn send(&self, event: Event) {
        (self.0)(event);
    }
}
