//! The load of the device's processor (W3C Compute Pressure), in browsers that tell it.

use std::cell::Cell;

use call_core::{Event, PageEvent};
use js_sys::{Array, Object};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;

use super::browser::{PressureObserver, PressureOptions, PressureRecord};
use super::event_sink::EventSink;
use super::js_error::settled;

/// Time between two samples, in milliseconds (chosen): short beside the times after which a connection counts as broken.
const INTERVAL: u32 = 2000;

/// Reports when the processor reaches its limit and when it is below it again; dropping it stops that.
pub(super) struct Pressure {
    observer: PressureObserver,
    _changed: Closure<dyn FnMut(Array)>,
}

impl Pressure {
    /// Returns `None` where the browser does not tell. A browser that refuses to tell reports nothing.
    pub(super) fn watch(events: &EventSink) -> Option<Self> {
        let events = events.clone();
        let busy = Cell::new(false);
        let changed = Closure::new(move |records: Array| {
            let last = records
                .iter()
                .last()
                .map(JsCast::unchecked_into::<PressureRecord>);
            // Of the states, this is the one in which a device cannot do more (§6.3).
            let now = last.is_some_and(|record| record.state() == "critical");
            if busy.replace(now) != now {
                events.send(Event::Page(PageEvent::ProcessorBusy(now)));
            }
        });
        let observer = PressureObserver::try_new(&changed).ok()?;
        let options: PressureOptions = Object::new().unchecked_into();
        options.set_sample_interval(INTERVAL);
        let observing = observer.observe("cpu", &options);
        spawn_local(async move {
            if let Err(error) = settled(observing).await {
                error.log("the processor's load is not told");
            }
        });
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for Pressure {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
