//! What all tests use: hands whose events are kept, and waiting for a condition.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use call_core::Event;
use confab::shell::{Hands, Report, ServerAddress};
use js_sys::{Date, Promise};

use crate::probe;

/// Three times what the slowest condition took on a loaded machine of two cores.
const PATIENCE_MILLIS: f64 = 30_000.0;

/// What hands reported.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<Event>>>);

impl Log {
    /// Where hands shall report.
    pub fn report(&self) -> Report {
        let events = Rc::clone(&self.0);
        Report::new(move |event| events.borrow_mut().push(event))
    }

    /// All so far.
    pub fn events(&self) -> Vec<Event> {
        self.0.borrow().clone()
    }

    /// Whether an event is there.
    pub fn has(&self, event: &Event) -> bool {
        self.0.borrow().contains(event)
    }

    /// Waits for an event.
    pub async fn until(&self, event: &Event) {
        until(&format!("{event:?}"), || self.has(event)).await;
    }

    /// Waits for the first event that `pick` knows.
    pub async fn first<T>(&self, what: &str, pick: impl Fn(&Event) -> Option<T>) -> T {
        let find = || self.0.borrow().iter().find_map(&pick);
        until(what, || find().is_some()).await;
        find().expect("it was there")
    }
}

/// Hands of a page whose server is where nobody listens.
pub fn hands() -> (Hands, Log) {
    hands_of("http://127.0.0.1:1")
}

/// Hands of a page whose server is there.
pub fn hands_of(server: &str) -> (Hands, Log) {
    probe::begin();
    let log = Log::default();
    let server = ServerAddress::parse(server).expect("an address");
    (Hands::new(server, ToString::to_string, &log.report()), log)
}

/// Waits for a condition, and fails when it takes too long.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    until_async(what, || std::future::ready(holds())).await;
}

/// Waits for a condition that takes time to look at.
pub async fn until_async<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let begun = Date::now();
    while !holds().await {
        assert!(
            Date::now() - begun < PATIENCE_MILLIS,
            "waited in vain for: {what}"
        );
        turn().await;
    }
}

/// Lets the browser do what it has to do, for a moment.
pub async fn turn() {
    pause(10).await;
}

/// Lets some milliseconds pass, as a slow server does.
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
