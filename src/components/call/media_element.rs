//! Keeps a media element playing a stream for as long as the component lives.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{HtmlMediaElement, MediaStream};

use super::playback::{Playback, Watched};
use crate::views::Failure;

/// Plays `stream` in the element once it has a track, and again whenever a signal in it changes; the element
/// drops the stream with the owner. The result is to be rendered: it is an error when the element refuses the
/// stream.
pub fn keep_playing(
    element: impl Fn() -> Option<HtmlMediaElement> + 'static,
    stream: impl Fn() -> Option<MediaStream> + 'static,
) -> impl Fn() -> Result<(), Failure> + Copy + Send + 'static {
    let (taken, set_taken) = signal(Ok(()));
    let playing = StoredValue::new_local(None::<Playing>);
    let playback = use_context::<Playback>();
    Effect::new(move |_| {
        // Chromium never starts an audio stream that the element got before the stream had its track.
        let stream = stream().filter(|stream| stream.get_tracks().length() > 0);
        if let Some(element) = element() {
            let given = HtmlMediaElement::clone(&element);
            playing.update_value(|playing| {
                // Created only once: dropping it removes the stream from the element.
                playing.get_or_insert_with(|| Playing {
                    _watched: playback.map(|playback| playback.watch(&element)),
                    element,
                });
            });
            if given.src_object() != stream {
                set_taken.set(give(&given, stream.as_ref()));
            }
        }
    });
    // It may be read once more while the component, and the signal with it, is being removed.
    move || taken.try_get().unwrap_or(Ok(()))
}

fn give(element: &HtmlMediaElement, stream: Option<&MediaStream>) -> Result<(), Failure> {
    let stream = stream.map_or(JsValue::NULL, |stream| stream.into());
    Reflect::set(element, &"srcObject".into(), &stream)
        .map(drop)
        .map_err(|thrown| Failure::of("srcObject", &thrown))
}

/// An element with a stream; on drop the element drops the stream.
struct Playing {
    element: HtmlMediaElement,
    /// Resumes the element when the browser or the system pauses it.
    _watched: Option<Watched>,
}

impl Drop for Playing {
    fn drop(&mut self) {
        // An element that refuses is about to leave the page, and takes the stream with it.
        let _ = give(&self.element, None);
    }
}
