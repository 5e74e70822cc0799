//! A video element. It is silent: audio has an element of its own.

use leptos::html;
use leptos::prelude::*;
use web_sys::MediaStream;

use super::media_element::keep_playing;

/// Shows the video of `stream`. The user's `own` video is mirrored when the camera faces the user.
#[component]
pub fn Video<F>(
    stream: F,
    #[prop(optional)] own: bool,
    #[prop(optional)] mirrored: Signal<bool>,
) -> impl IntoView
where
    F: Fn() -> Option<MediaStream> + 'static,
{
    let node = NodeRef::<html::Video>::new();
    let taken = keep_playing(move || node.get().map(Into::into), stream);
    view! {
        <video
            node_ref=node
            class:is-mirrored=move || mirrored.get()
            prop:muted=true
            autoplay
            playsinline
            disablepictureinpicture=own
            aria-hidden="true"
        ></video>
        {taken}
    }
}
