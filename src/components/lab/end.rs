//! The video of one end of the call within the page.

use leptos::prelude::*;
use web_sys::MediaStream;

use crate::components::call::Video;
use crate::text::{Texts, use_text};

/// A video with its label. Neither end is mirrored, so that both look alike.
#[component]
pub fn EndPicture<F>(
    label: fn(&'static Texts) -> &'static str,
    stream: F,
    shown: Signal<bool>,
) -> impl IntoView
where
    F: Fn() -> Option<MediaStream> + 'static,
{
    let text = use_text();
    view! {
        <div class="lab-end" role="group" aria-label=text.of(label) class:has-picture=shown>
            <Video stream=stream />
            <p class="lab-end-empty">{move || (!shown.get()).then(|| text.now().no_picture)}</p>
            <p class="lab-end-name" aria-hidden="true">{text.of(label)}</p>
        </div>
    }
}
