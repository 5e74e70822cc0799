//! What the app plays of its peers: media elements are found by their stream, so no component has to report and every
//! element that plays the stream counts.

use std::collections::BTreeMap;

use protocol::Source;
use wasm_bindgen::JsCast;
use web_sys::{HtmlMediaElement, MediaStream};

use super::number::whole;
use super::{browser, page};
use crate::platform::{PeerStreams, sounds};

/// The streams that elements of the page play at the moment, with the number of frames shown; 0 for audio.
pub(super) struct Playback(Vec<(MediaStream, u64)>);

impl Playback {
    /// Looks at all elements once. Empty while the page is hidden: browsers then show nothing. An element
    /// that waits for the user's permission is paused, and does not count.
    pub(super) fn look() -> Self {
        let document = browser::document().ok().filter(|_| !page::hidden());
        let elements = document.into_iter().flat_map(|document| {
            let within = ["audio", "video"].into_iter().flat_map(move |kind| {
                let elements = document.get_elements_by_tag_name(kind);
                (0..elements.length()).filter_map(move |at| elements.item(at)?.dyn_into().ok())
            });
            within.chain(sounds().into_iter().map(HtmlMediaElement::from))
        });
        let playing = elements.filter_map(|element: HtmlMediaElement| {
            let stream = element.src_object().filter(|_| !element.paused())?;
            Some((stream, frames(&element)))
        });
        Self(playing.collect())
    }

    /// The number of frames shown of each source of a peer that plays.
    pub(super) fn of(&self, streams: &PeerStreams) -> BTreeMap<Source, u64> {
        let shown = |source: Source| {
            let playing = self.0.iter().filter(|(stream, _)| stream == streams.of(source));
            let frames = playing.map(|(_, frames)| *frames);
            Some((source, frames.reduce(|sum, frames| sum + frames)?))
        };
        Source::ALL.into_iter().filter_map(shown).collect()
    }
}

/// Frames presented by an element: `totalVideoFrames` (W3C Media Playback Quality). Firefox leaves that at 0
/// for streams, and counts `mozPaintedFrames`.
fn frames(element: &HtmlMediaElement) -> u64 {
    let Some(video) = element.dyn_ref::<browser::Video>() else {
        return 0;
    };
    let quality = video.playback_quality().ok();
    let presented = quality.map(|quality| f64::from(quality.total_video_frames()));
    let painted = video.moz_painted_frames();
    whole(presented.unwrap_or_default().max(painted.unwrap_or_default()))
}
