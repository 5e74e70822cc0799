//! Shared by all tests: a shell whose events are recorded, and waiting for a condition.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use call_core::Event;
use confab::shell::{EventSink, ServerAddress, Shell};
use js_sys::{Date, Promise};

use crate::probe;

/// Timeout of a condition: three times what the slowest took on a loaded machine of two cores.
const PATIENCE_MILLIS: f64 = 30_000.0;

/// The events that a shell reported.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<Event>>>);

impl Log {
    /// A report that records into this log.
    pub fn report(&self) -> EventSink {
        let events = Rc::clone(&self.0);
        EventSink::new(move |event| events.borrow_mut().push(event))
    }

    /// All events so far.
    pub fn events(&self) -> Vec<Event> {
        self.0.borrow().clone()
    }

    /// Whether an event was reported.
    pub fn has(&self, event: &Event) -> bool {
        self.0.borrow().contains(event)
    }

    /// Waits for an event.
    pub async fn until(&self, event: &Event) {
        until(&format!("{event:?}"), || self.has(event)).await;
    }

    /// Waits for the first event that `pick` accepts.
    pub async fn first<T>(&self, what: &str, pick: impl Fn(&Event) -> Option<T>) -> T {
        let find = || self.0.borrow().iter().find_map(&pick);
        until(what, || find().is_some()).await;
        find().expect("it was there")
    }
}

/// A shell whose server does not exist.
pub fn shell() -> (Shell, Log) {
    hands_of("http://127.0.0.1:1")
}

/// A shell with this server.
pub fn hands_of(server: &str) -> (Shell, Log) {
    probe::begin();
    let log = Log::default();
    let server = ServerAddress::parse(server).expect("an address");
    (
        Shell::new(server, Box::new(ToString::to_string), &log.report()),
        log,
    )
}

/// Waits for a condition. Panics on a timeout.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    until_async(what, || std::future::ready(holds())).await;
}

/// Waits for a condition that is checked asynchronously. Panics on a timeout.
pub async fn until_async<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let begun = Date::now();
    while !holds().await {
        assert!(
            Date::now() - begun < PATIENCE_MILLIS,
            "timed out waiting for: {what}"
        );
        turn().await;
    }
}

/// Lets the browser work for a moment.
pub async fn turn() {
    pause(10).await;
}

/// Waits for this many milliseconds.
pub async fn pause(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis)
            .expect("a timer");
    });
    promise.await.expect("a timer fires");
}

/// Waits for the next animation frame.
pub async fn frame() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window.request_animation_frame(&resolve).expect("a frame");
    });
    promise.await.expect("a frame comes");
}
