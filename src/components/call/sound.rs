//! The sound of one other person, in an element of its own: a video element stays silent until its first picture,
//! and somebody without a camera shall be heard.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlMediaElement, MediaStream};

use super::media_element::keep_playing;
use crate::text::{fill, use_text};
use crate::views::{play_by, use_media};

/// Plays the sound of what `stream` gives; where the browser waits for a click before it does, a button with the
/// `person`'s name asks for it. Browsers of phones that leave the volume to the system still know silence.
#[component]
pub fn Sound<F>(stream: F, person: String, volume: Memo<u8>) -> impl IntoView
where
    F: Fn() -> Option<MediaStream> + 'static,
{
    let text = use_text();
    let (node, blocked) = (NodeRef::<html::Audio>::new(), RwSignal::new(false));
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
    let check = move |_| {
        if let Some(sound) = node.get_untracked() {
            blocked.set(sound.paused());
        }
    };
    let words = Signal::derive(move || fill(text.now().click_to_hear, &[("name", &person)]));
    view! {
        <audio
            node_ref=node
            autoplay
            prop:volume=move || f64::from(volume.get()) / 100.0
            prop:muted=move || volume.get() == 0
            on:canplay=check
            on:playing=check
        ></audio>
        {taken}
        <Show when=move || blocked.get()>
            <button type="button" class="button is-main tile-hear" on:click=move |_| play(node)>
                {words}
            </button>
        </Show>
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

/// Plays after a click where the browser did not play by itself.
fn play(node: NodeRef<html::Audio>) {
    if let Some(playing) = node.get_untracked().and_then(|sound| sound.play().ok()) {
        spawn_local(async move {
            // When it fails even now the button stays, and the next click tries again.
            let _ = JsFuture::from(playing).await;
        });
    }
}
