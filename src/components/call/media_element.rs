//! A media element's stream: what it plays, for as long as the component lives.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{HtmlMediaElement, MediaStream};

use super::playback::{Playback, Watched};
use crate::views::Failure;

/// Keeps an element playing what `stream` gives once there is a track in it, read anew when a signal in it
/// changes; in the end the element lets go of it. What is given back is to be shown: an error when the element refuses
/// the stream.
pub fn keep_playing(
    element: impl Fn() -> Option<HtmlMediaElement> + 'static,
    stream: impl Fn() -> Option<MediaStream> + 'static,
) -> impl Fn() -> Result<(), Failure> + Copy + Send + 'static {
    let (taken, set_taken) = signal(Ok(()));
    let playing = StoredValue::new_local(None::<Playing>);
    let playback = use_context::<Playback>();
    Effect::new(move |_| {
        // Chromium never starts to play a stream of sound that was given to the element before its track came.
        let stream = stream().filter(|stream| stream.get_tracks().length() > 0);
        if let Some(element) = element() {
            let given = HtmlMediaElement::clone(&element);
            playing.update_value(|playing| {
                // Made only where there is none: one that is dropped takes the stream from the element.
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
    // It may be looked at once more in the moment in which the component goes, and the signal with it.
    move || taken.try_get().unwrap_or(Ok(()))
}

fn give(element: &HtmlMediaElement, stream: Option<&MediaStream>) -> Result<(), Failure> {
    let stream = stream.map_or(JsValue::NULL, |stream| stream.into());
    Reflect::set(element, &"srcObject".into(), &stream)
        .map(drop)
        .map_err(|thrown| Failure::of("srcObject", &thrown))
}

/// An element with a stream; on drop the element lets go of it.
struct Playing {
    element: HtmlMediaElement,
    /// What is paused by anybody else plays on.
    _watched: Option<Watched>,
}

impl Drop for Playing {
    fn drop(&mut self) {
        // One that refuses to let go is about to leave the page, and takes the stream with it.
        let _ = give(&self.element, None);
    }
}
