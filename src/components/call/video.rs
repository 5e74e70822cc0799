//! A picture that moves. It is silent: sound has an element of its own.

use leptos::html;
use leptos::prelude::*;
use web_sys::MediaStream;

use super::media_element::keep_playing;

/// Shows the pictures of what `stream` gives. An `own` picture is mirrored where the camera looks at the user.
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
