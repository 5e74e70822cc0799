//! A media element's stream: what it plays, for as long as the component lives.

use leptos::prelude::*;
use web_sys::{HtmlMediaElement, MediaStream};

/// Keeps an element playing what `stream` gives once there is a track in it, read anew when a signal in it
/// changes; in the end the element lets go of it.
pub fn keep_playing(
    element: impl Fn() -> Option<HtmlMediaElement> + 'static,
    stream: impl Fn() -> Option<MediaStream> + 'static,
) {
    let playing = StoredValue::new_local(None::<Playing>);
    Effect::new(move |_| {
        // Chromium never starts to play a stream of sound that was given to the element before its track came.
        let stream = stream().filter(|stream| stream.get_tracks().length() > 0);
        if let Some(element) = element() {
            if element.src_object() != stream {
                element.set_src_object(stream.as_ref());
            }
            playing.update_value(|playing| {
                // Made only where there is none: one that is dropped takes the stream from the element.
                playing.get_or_insert_with(|| Playing(element));
            });
        }
    });
}

/// An element with a stream; on drop the element lets go of it.
struct Playing(HtmlMediaElement);

impl Drop for Playing {
    fn drop(&mut self) {
        self.0.set_src_object(None);
    }
}
