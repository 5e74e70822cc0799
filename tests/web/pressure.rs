//! The load of the device's processor, with a browser that tells it and with one that does not.

use call_core::{Effect, Event, PageEvent, PageOrder, Timer};
use js_sys::{Function, Reflect, eval};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{shell, until};

/// The browser's part, which is taken away at the end.
struct Browser;

impl Browser {
    fn new() -> Self {
        eval(include_str!("pressure.js")).expect("the script runs");
        Self
    }

    fn call(name: &str, argument: &str) -> JsValue {
        let pressure = eval("window.pressure").expect("it is there");
        let function = Reflect::get(&pressure, &name.into()).expect("a function");
        let function: Function = function.unchecked_into();
        function.call1(&pressure, &argument.into()).expect("it answers")
    }

    fn observed() -> String {
        Self::call("observed", "").as_string().expect("a text")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        Self::call("end", "");
    }
}

fn watch(watch: bool) -> Effect {
    Effect::Page(PageOrder::WatchProcessor(watch))
}

fn busy(busy: bool) -> Event {
    Event::Page(PageEvent::ProcessorBusy(busy))
}

#[wasm_bindgen_test]
async fn busy_processor_is_reported_while_it_is_watched() {
    let _browser = Browser::new();
    let (mut shell, log) = shell();
    assert_eq!(Browser::observed(), "", "not before a call");
    shell.execute(watch(true));
    until("the observer", || Browser::observed() == "cpu").await;
    for state in [
        "nominal", "serious", "critical", "critical", "fair", "nominal", "critical",
    ] {
        Browser::call("tell", state);
    }
    assert_eq!(log.events(), [busy(true), busy(false), busy(true)]);
    shell.execute(watch(false));
    assert_eq!(Browser::observed(), "");
}

#[wasm_bindgen_test]
async fn browser_that_does_not_tell_is_no_fault() {
    let _browser = Browser::new();
    let (mut shell, log) = shell();
    let fires = Effect::StartTimer {
        timer: Timer::Ping,
        after: Duration::from_millis(1),
    };
    Browser::call("refuse", "NotAllowedError");
    shell.execute(watch(true));
    shell.execute(watch(false));
    Browser::call("lack", "");
    shell.execute(watch(true));
    shell.execute(fires);
    log.until(&Event::TimerFired(Timer::Ping)).await;
    assert_eq!(log.events(), [Event::TimerFired(Timer::Ping)]);
}
