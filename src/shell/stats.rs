//! Reads the statistics of a connection, and the energy of its microphone, from the browser's reports; the core
//! interprets them.
//!
//! The browser converts an entry of a report when it is taken out, with dozens of members. So the entries that a sample
//! needs are remembered, and later reads take only those.

use std::cell::RefCell;
use std::collections::BTreeMap;

use call_core::{Energy, Record, Sample, Source};
use js_sys::{Array, Map, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Reads after which all entries are looked at again (chosen): once a minute at the usual pace. The entries that are
/// needed hardly ever change without a change of their number.
const MOST_READS: u32 = 12;

/// Reads the reports of one connection.
#[derive(Default)]
pub(super) struct StatsReader(RefCell<Needed>);

/// The entries that were needed in the last report that was read as a whole.
#[derive(Default)]
struct Needed {
    ids: Vec<JsValue>,
    /// Number of all entries then.
    all: u32,
    /// Reads since.
    reads: u32,
}

impl StatsReader {
    /// Reads the result of `getStats()`. `mids` maps transceivers to the sources that they carry; `playing` is the
    /// number of frames shown of each source that the page plays.
    pub(super) fn read(
        &self,
        report: &JsValue,
        mids: &[(String, Source)],
        playing: BTreeMap<Source, u64>,
    ) -> Sample {
        let report = maplike(report);
        let mut needed = self.0.borrow_mut();
        let few = needed.entries_of(report);
        let remembered = few.is_some();
        let (sample, used) = Sample::read(&few.unwrap_or_else(|| all(report)), mids);
        if !remembered {
            *needed = Needed {
                ids: used.iter().map(JsValue::from).collect(),
                all: report.size(),
                reads: 0,
            };
        } else if sample.path.is_none() {
            // Another pair is in use.
            *needed = Needed::default();
        }
        Sample { playing, ..sample }
    }
}

impl Needed {
    /// Takes the needed entries out of a report; `None` if others may be needed now.
    fn entries_of(&mut self, report: &Map) -> Option<Vec<Entry>> {
        self.reads += 1;
        let same = !self.ids.is_empty() && report.size() == self.all && self.reads <= MOST_READS;
        let entries = same.then(|| self.ids.iter().map(|id| entry(report, id)));
        entries.and_then(Iterator::collect)
    }
}

/// Reads the energy of the microphone from the reports of one sender.
#[derive(Default)]
pub(super) struct VoiceReader(RefCell<JsValue>);

impl VoiceReader {
    /// Reads the result of `getStats()` of a sender; `None` if the browser does not report the energy.
    pub(super) fn read(&self, report: &JsValue) -> Result<Option<Energy>, NoAudioSource> {
        let report = maplike(report);
        let known = entry(report, &self.0.borrow());
        let source = known.or_else(|| {
            let is_source = |entry: &Entry| entry.text("type").as_deref() == Some("media-source");
            all(report).into_iter().find(is_source)
        });
        let source = source.ok_or(NoAudioSource)?;
        self.0.replace(source.member("id").unwrap_or_default());
        Ok(Energy::read(&source))
    }
}

/// The sender has no track yet.
pub(super) struct NoAudioSource;

/// A report is maplike (W3C WebRTC §8.3): it has the methods of a map without being one.
fn maplike(report: &JsValue) -> &Map {
    report.unchecked_ref()
}

fn all(report: &Map) -> Vec<Entry> {
    let entries = Array::from(&report.values());
    entries
        .iter()
        .map(|entry| Entry(entry.unchecked_into()))
        .collect()
}

fn entry(report: &Map, id: &JsValue) -> Option<Entry> {
    report.get(id).dyn_into().ok().map(Entry)
}

/// One entry of a report.
struct Entry(Object);

impl Entry {
    fn member(&self, name: &'static str) -> Option<JsValue> {
        NAMES.with_borrow_mut(|names| {
            let known = names.iter().position(|(known, _)| *known == name);
            let at = known.unwrap_or_else(|| {
                names.push((name, name.into()));
                names.len() - 1
            });
            Reflect::get(&self.0, &names.get(at)?.1).ok()
        })
    }
}

impl Record for Entry {
    fn text(&self, name: &'static str) -> Option<String> {
        self.member(name)?.as_string()
    }

    fn number(&self, name: &'static str) -> Option<f64> {
        self.member(name)?.as_f64()
    }
}

thread_local! {
    /// The names of members as strings of the browser: making one takes longer than reading the member.
    static NAMES: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
}
