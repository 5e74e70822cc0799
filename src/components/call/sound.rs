//! The sound of one other person, in an element of its own: a video element stays silent until its first picture,
//! and somebody without a camera shall be heard.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlMediaElement, MediaStream};

use super::media_element::keep_playing;
use crate::platform::play_by;
use crate::views::use_media;

/// Plays the sound of what `stream` gives. Browsers of phones that leave the volume to the system still know silence.
#[component]
pub fn Sound<F>(stream: F, volume: Memo<u8>) -> impl IntoView
where
    F: Fn() -> Option<MediaStream> + 'static,
{
    let node = NodeRef::<html::Audio>::new();
    let taken = keep_playing(move || node.get().map(Into::into), stream);
    let media = use_media();
    let speaker = Memo::new(move |_| media.with(|media| media.selected.speaker.clone()));
    Effect::new(move |before: Option<Option<String>>| {
        let (sound, speaker) = (node.get()?, speaker.get());
        // The system's own is where an element is heard by itself.
        if before.flatten() != speaker {
            play_on(&sound, speaker.as_deref().unwrap_or_default());
        }
        speaker
    });
    view! {
        <audio
            node_ref=node
            autoplay
            prop:volume=move || f64::from(volume.get()) / 100.0
            prop:muted=move || volume.get() == 0
        ></audio>
        {taken}
    }
}

/// Lets the sound be heard on a speaker; where that fails it is heard where it was.
fn play_on(sound: &HtmlMediaElement, speaker: &str) {
    if let Some(chosen) = play_by(sound, speaker) {
        spawn_local(async move {
            // A speaker that is gone meanwhile: the next choice is another.
            let _ = JsFuture::from(chosen).await;
        });
    }
}
