//! A connection's statistics, read out of the browser's report; what they mean is for the core to say.

use std::collections::BTreeMap;

use call_core::{Record, Sample, Source};
use js_sys::{Array, Map, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// One record of a report.
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

/// Reads what `getStats()` gave; `mids` names the transceivers of what the connection carries, and `playing` is what the page plays
/// of it.
pub(super) fn read(report: &JsValue, mids: &[(String, Source)], playing: BTreeMap<Source, u64>) -> Sample {
    // A report is maplike (W3C WebRTC §8.3): it has the members of a map without being one.
    let values = Array::from(&report.unchecked_ref::<Map>().values());
    let entries: Vec<Entry> = values.iter().map(|value| Entry(value.unchecked_into())).collect();
    Sample {
        playing,
        ..Sample::read(&entries, mids)
    }
}
