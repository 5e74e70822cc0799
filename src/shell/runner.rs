//! The loop: the only caller of the core and the only writer of what is shown.
//!
//! One input is finished before the next: the core's state, then what is shown, then the effects in their order.
//! What arrives meanwhile, be it that showing or an effect causes it, queues and follows. Callbacks of the
//! browser reach the loop through weak references alone, so that dropping the last [`Runner`] tears all down.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use call_core::{Core, Effect, Event, Input, View};

use super::clock::moment;
use super::report::Report;

/// Runs the core: inputs in, views and effects out. Clones share one loop.
#[derive(Clone)]
pub struct Runner(Rc<Loop>);

struct Loop {
    core: RefCell<Core>,
    show: Box<dyn Fn(&View)>,
    execute: RefCell<Box<dyn FnMut(Effect)>>,
    queue: RefCell<VecDeque<Input>>,
    running: Cell<bool>,
}

impl Runner {
    /// A loop at its beginning; `hands` makes what carries out effects, and hears where to report events.
    pub fn new<E>(show: impl Fn(&View) + 'static, hands: impl FnOnce(Report) -> E) -> Self
    where
        E: FnMut(Effect) + 'static,
    {
        Self(Rc::new_cyclic(|weak: &Weak<Loop>| {
            let weak = weak.clone();
            let report = Report::new(move |event: Event| {
                if let Some(inner) = weak.upgrade() {
                    inner.input(event.into());
                }
            });
            Loop {
                core: RefCell::new(Core::new()),
                show: Box::new(show),
                execute: RefCell::new(Box::new(hands(report))),
                queue: RefCell::default(),
                running: Cell::new(false),
            }
        }))
    }

    /// Hands in a wish or a fact; returns when it, and what it caused at once, is finished.
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
            let effects = self.core.borrow_mut().handle(moment(), input);
            (self.show)(self.core.borrow().view());
            for effect in effects {
                (self.execute.borrow_mut())(effect);
            }
        }
        self.running.set(false);
    }

    /// A function of its own, so that the queue is free again while the input is handled.
    fn next(&self) -> Option<Input> {
        self.queue.borrow_mut().pop_front()
    }
}
