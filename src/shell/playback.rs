//! What the page plays of a peer: its media elements are found by their stream, so no component has to report
//! and every element that plays the stream counts.

use std::collections::BTreeMap;

use js_sys::Reflect;
use protocol::Source;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlMediaElement, MediaStream};

use super::number::whole;
use super::{browser, page};
use crate::platform::PeerStreams;

/// The number of frames shown of each source that is playing at the moment; 0 for audio. Empty while the page
/// is hidden: browsers then show nothing.
pub(super) fn look(streams: &PeerStreams) -> BTreeMap<Source, u64> {
    let Ok(document) = browser::document() else {
        return BTreeMap::new();
    };
    if page::hidden() {
        return BTreeMap::new();
    }
    let shown = |source: Source| Some((source, shown(&document, source, streams.of(source))?));
    Source::ALL.into_iter().filter_map(shown).collect()
}

/// `None` while nothing plays the stream: an element that waits for the user's permission is paused.
fn shown(document: &Document, source: Source, stream: &MediaStream) -> Option<u64> {
    let kind = if source.is_sound() { "audio" } else { "video" };
    let elements = document.get_elements_by_tag_name(kind);
    let playing = (0..elements.length())
        .filter_map(|at| elements.item(at)?.dyn_into::<HtmlMediaElement>().ok())
        .filter(|element| !element.paused() && element.src_object().as_ref() == Some(stream));
    playing
        .map(|element| frames(&element))
        .reduce(|sum, frames| sum + frames)
}

/// Frames presented by an element: `totalVideoFrames` (W3C Media Playback Quality). Firefox leaves that at 0
/// for streams, and counts `mozPaintedFrames`.
fn frames(element: &HtmlMediaElement) -> u64 {
    let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let quality = member(element, "getVideoPlaybackQuality")
        .and_then(|quality| quality.dyn_into::<js_sys::Function>().ok())
        .and_then(|quality| quality.call0(element).ok());
    let total = quality.and_then(|quality| member(&quality, "totalVideoFrames")?.as_f64());
    let painted = member(element, "mozPaintedFrames").and_then(|painted| painted.as_f64());
    whole(total.unwrap_or_default().max(painted.unwrap_or_default()))
}
