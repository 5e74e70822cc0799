//! The loop: the only caller of the core, and the only writer of the view.
//!
//! One input is finished before the next: the core's state, then the view, then the effects in their order.
//! Inputs that arrive meanwhile, also from the view or an effect, are queued. Browser callbacks refer to the
//! loop weakly, so dropping the last [`Runner`] tears everything down.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use call_core::{Core, Effect, Event, Input, View};

use super::clock::Clock;
use super::event_sink::EventSink;

/// Runs the core: inputs in, views and effects out. Clones share one loop.
#[derive(Clone)]
pub struct Runner(Rc<Loop>);

struct Loop {
    core: RefCell<Core>,
    clock: Clock,
    show: Box<dyn Fn(&View)>,
    execute: RefCell<Box<dyn FnMut(Effect)>>,
    queue: RefCell<VecDeque<Input>>,
    running: Cell<bool>,
}

impl Runner {
    /// Creates a loop. `shell` takes where to report events, and returns what carries out effects.
    pub fn new<E>(show: impl Fn(&View) + 'static, shell: impl FnOnce(EventSink) -> E) -> Self
    where
        E: FnMut(Effect) + 'static,
    {
        Self(Rc::new_cyclic(|weak: &Weak<Loop>| {
            let weak = weak.clone();
            let events = EventSink::new(move |event: Event| {
                if let Some(inner) = weak.upgrade() {
                    inner.input(event.into());
                }
            });
            Loop {
                core: RefCell::new(Core::new()),
                clock: Clock::default(),
                show: Box::new(show),
                execute: RefCell::new(Box::new(shell(events))),
                queue: RefCell::default(),
                running: Cell::new(false),
            }
        }))
    }

    /// Passes in an intent or event; returns when it, and all inputs that it caused at once, are handled.
    /// Within the loop it only queues.
    pub fn input(&self, input: impl Into<Input>) {
        self.0.input(input.into());
    }
}

impl Loop {
    fn input(&self, input: Input) {
        self.queue.borrow_mut().push_back(input);
        if self.running.replace(true) {
            return;
        }
        while let Some(input) = self.next() {
            let effects = self.core.borrow_mut().handle(self.clock.moment(), input);
            (self.show)(self.core.borrow().view());
            for effect in effects {
                (self.execute.borrow_mut())(effect);
            }
        }
        self.running.set(false);
    }

    /// A function of its own, so that the queue is not borrowed while the input is handled.
    fn next(&self) -> Option<Input> {
        self.queue.borrow_mut().pop_front()
    }
}
