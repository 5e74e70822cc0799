//! A peer's audio, in an element of its own: a video element is silent until its first frame, but peers
//! without a camera must be audible.

use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlMediaElement, MediaStream};

use super::media_element::keep_playing;
use crate::platform::{self, play_by};
use crate::views::use_media;

/// Plays the audio of `stream`. Muting is separate from the volume: browsers on phones that leave the volume
/// to the system can still mute.
#[component]
pub fn Sound<F>(stream: F, volume: Memo<u8>) -> impl IntoView
where
    F: Fn() -> Option<MediaStream> + 'static,
{
    let sound = StoredValue::new_local(platform::Sound::new());
    let element = move || {
        let element = sound.try_with_value(|sound| sound.as_deref().cloned());
        element.flatten()
    };
    let taken = keep_playing(element, stream);
    let media = use_media();
    let speaker = Memo::new(move |_| media.with(|media| media.selected.speaker.clone()));
    Effect::new(move |before: Option<Option<String>>| {
        let (sound, speaker) = (element()?, speaker.get());
        // An element plays through the system default unless another speaker was set.
        if before.flatten() != speaker {
            play_on(&sound, speaker.as_deref().unwrap_or_default());
        }
        speaker
    });
    Effect::new(move |_| {
        let volume = volume.get();
        if let Some(sound) = element() {
            sound.set_volume(f64::from(volume) / 100.0);
            sound.set_muted(volume == 0);
        }
    });
    taken
}

/// Plays the audio through a speaker; where that fails, it stays on the current one.
fn play_on(sound: &HtmlMediaElement, speaker: &str) {
    if let Some(chosen) = play_by(sound, speaker) {
        spawn_local(async move {
            // The speaker is gone by now; the next choice sets another.
            let _ = JsFuture::from(chosen).await;
        });
    }
}
