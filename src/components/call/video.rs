//! A video element that plays a stream, and lets go of it in the end.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlVideoElement, MediaStream};

/// Plays what `stream` gives; `stream` is read anew when a signal in it changes. An `own` picture is silent and
/// mirrored. `blocked` tells whether the browser waits for a click before it plays.
#[component]
pub fn Video<F>(
    stream: F,
    #[prop(optional)] own: bool,
    #[prop(optional)] blocked: Option<RwSignal<bool>>,
    #[prop(optional)] node: NodeRef<html::Video>,
) -> impl IntoView
where
    F: Fn() -> Option<MediaStream> + 'static,
{
    let playing = StoredValue::new_local(None::<Playing>);
    Effect::new(move |_| {
        let stream = stream();
        if let Some(video) = node.get() {
            if video.src_object() != stream {
                video.set_src_object(stream.as_ref());
            }
            playing.update_value(|playing| {
                // Made only where there is none: one that is dropped takes the stream from the element.
                playing.get_or_insert_with(|| Playing(video));
            });
        }
    });
    let check = move |_| {
        if let (Some(blocked), Some(video)) = (blocked, node.get_untracked()) {
            blocked.set(video.paused());
        }
    };
    view! {
        <video
            node_ref=node
            class:is-own=own
            prop:muted=own
            autoplay
            playsinline
            disablepictureinpicture=own
            aria-hidden="true"
            on:canplay=check
            on:playing=check
        ></video>
    }
}

/// Plays after a click where the browser did not play by itself.
pub fn play(node: NodeRef<html::Video>) {
    if let Some(playing) = node.get_untracked().and_then(|video| video.play().ok()) {
        spawn_local(async move {
            // When it fails even now the button stays, and the next click tries again.
            let _ = JsFuture::from(playing).await;
        });
    }
}

/// An element with a stream; on drop the element lets go of it.
struct Playing(HtmlVideoElement);

impl Drop for Playing {
    fn drop(&mut self) {
        self.0.set_src_object(None);
    }
}
