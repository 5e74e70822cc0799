//! Reads a connection's statistics from the browser's report; the core interprets them.

use std::collections::BTreeMap;

use call_core::{Record, Sample, Source};
use js_sys::{Array, Map, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// One entry of a report.
struct Entry(Object);

impl Entry {
    fn member(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &name.into()).ok()
    }
}

impl Record for Entry {
    fn text(&self, name: &str) -> Option<String> {
        self.member(name)?.as_string()
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.member(name)?.as_f64()
    }
}

/// Reads the result of `getStats()`. `mids` maps transceivers to the sources that they carry; `playing` is
/// the number of frames shown of each source that the page plays.
pub(super) fn read(events: &JsValue, mids: &[(String, Source)], playing: BTreeMap<Source, u64>) -> Sample {
    // A report is maplike (W3C WebRTC §8.3): it has the methods of a map without being one.
    let values = Array::from(&events.unchecked_ref::<Map>().values());
    let entries: Vec<Entry> = values.iter().map(|value| Entry(value.unchecked_into())).collect();
    Sample {
        playing,
        ..Sample::read(&entries, mids)
    }
}
