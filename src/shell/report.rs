//! Where the hands say what happened.

use std::rc::Rc;

use call_core::Event;

/// Takes events to whoever runs the loop; to nobody, once that is gone.
#[derive(Clone)]
pub struct Report(Rc<dyn Fn(Event)>);

impl Report {
    /// Reports to `take`, which must not hold the hands themselves: they hold the report.
    pub fn new(take: impl Fn(Event) + 'static) -> Self {
        Self(Rc::new(take))
    }

    /// Says what happened.
    pub fn send(&self, event: Event) {
        (self.0)(event);
    }
}
