//! A picture that moves. It is silent: sound has an element of its own.

use leptos::html;
use leptos::prelude::*;
use web_sys::MediaStream;

use super::media_element::keep_playing;

/// Shows the pictures of what `stream` gives; an `own` picture is mirrored.
#[component]
pub fn Video<F>(stream: F, #[prop(optional)] own: bool) -> impl IntoView
where
    F: Fn() -> Option<MediaStream> + 'static,
{
    let node = NodeRef::<html::Video>::new();
    let taken = keep_playing(move || node.get().map(Into::into), stream);
    view! {
        <video
            node_ref=node
            class:is-own=own
            prop:muted=true
            autoplay
            playsinline
            disablepictureinpicture=own
            aria-hidden="true"
        ></video>
        {taken}
    }
}
