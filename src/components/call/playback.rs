//! Keeps audio and video playing: what the browser or the system paused (a media key, power saving, the
//! autoplay policy) is started again when possible, and one button starts the rest.

use std::collections::{BTreeMap, BTreeSet};

use gloo_events::EventListener;
use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlMediaElement;

use crate::text::use_text;

/// Number of pauses within [`WINDOW`] that count as intended (chosen); then only the user resumes.
const INSISTS: usize = 4;
/// In milliseconds (chosen): a media key pressed twice is within it, two phone calls are not.
const WINDOW: f64 = 10_000.0;

/// The media elements under one owner, and which of them are paused.
#[derive(Clone, Copy)]
pub struct Playback {
    still: RwSignal<BTreeSet<u32>>,
    elements: StoredValue<BTreeMap<u32, Player>, LocalStorage>,
}

struct Player {
    element: HtmlMediaElement,
    /// Recent times, in milliseconds, at which it was paused and started again.
    paused: Vec<f64>,
    _listeners: Vec<EventListener>,
}

impl Playback {
    /// Provides a watcher for the elements of the components under the current owner.
    pub fn provide() {
        let playback = Self {
            still: RwSignal::default(),
            elements: StoredValue::new_local(BTreeMap::new()),
        };
        provide_context(playback);
        // Returning to the page, or any input in it, may be what the browser waits for.
        let (page, window) = (document(), window());
        let listeners = [
            EventListener::new(&page, "visibilitychange", move |_| playback.retry()),
            EventListener::new(&window, "focus", move |_| playback.retry()),
            EventListener::new(&page, "click", move |_| playback.retry()),
            EventListener::new(&page, "keydown", move |_| playback.retry()),
        ];
        let _kept = StoredValue::new_local(listeners);
    }

    /// Watches an element until the returned guard is dropped.
    pub fn watch(self, element: &HtmlMediaElement) -> Watched {
        let id = self
            .elements
            .try_with_value(|elements| elements.keys().last().map_or(0, |last| last + 1))
            .unwrap_or_default();
        let listen = |name: &'static str, act: fn(Self, u32)| {
            EventListener::new(element, name, move |_| act(self, id))
        };
        let listeners = vec![
            listen("pause", Self::paused),
            // Browsers report no event when autoplay is blocked: the element has data and stays paused.
            listen("canplay", Self::paused),
            listen("playing", Self::plays),
            listen("emptied", Self::plays),
        ];
        let watched = Player {
            element: element.clone(),
            paused: Vec::new(),
            _listeners: listeners,
        };
        let _ = self
            .elements
            .try_update_value(|elements| elements.insert(id, watched));
        Watched { playback: self, id }
    }

    /// Whether an element is paused that should play.
    pub fn is_still(self) -> bool {
        self.still.with(|still| !still.is_empty())
    }

    /// Starts all paused elements, at the user's request.
    pub fn resume(self) {
        let _ = self.elements.try_update_value(|elements| {
            for element in elements.values_mut() {
                element.paused.clear();
            }
        });
        self.retry();
    }

    fn retry(self) {
        let still = self.still.try_get_untracked().unwrap_or_default();
        for id in still {
            let element = self.elements.try_with_value(|elements| {
                elements
                    .get(&id)
                    .map(|watched| HtmlMediaElement::clone(&watched.element))
            });
            if let Some(element) = element.flatten() {
                play(&element);
            }
        }
    }

    fn paused(self, id: u32) {
        let now = Date::now();
        let paused = self.elements.try_update_value(|elements| {
            let watched = elements
                .get_mut(&id)
                .filter(|watched| stands_still(&watched.element))?;
            watched.paused.retain(|at| now - at < WINDOW);
            watched.paused.push(now);
            let insists = watched.paused.len() >= INSISTS;
            Some((HtmlMediaElement::clone(&watched.element), insists))
        });
        let Some((element, insists)) = paused.flatten() else {
            return;
        };
        let _ = self.still.try_update(|still| still.insert(id));
        if !insists {
            play(&element);
        }
    }

    fn plays(self, id: u32) {
        if self.still.try_with_untracked(|still| still.contains(&id)) == Some(true) {
            let _ = self.still.try_update(|still| still.remove(&id));
        }
    }
}

/// A watched element; dropping it stops watching.
pub struct Watched {
    playback: Playback,
    id: u32,
}

impl Drop for Watched {
    fn drop(&mut self) {
        let (playback, id) = (self.playback, self.id);
        let _ = playback
            .elements
            .try_update_value(|elements| elements.remove(&id));
        playback.plays(id);
    }
}

/// Whether an element is paused although it has something to play.
fn stands_still(element: &HtmlMediaElement) -> bool {
    let live = element.src_object().is_some_and(|stream| stream.active());
    element.paused() && live
}

fn play(element: &HtmlMediaElement) {
    if let Ok(playing) = element.play() {
        spawn_local(async move {
            // If refused, the element stays paused, and the button visible.
            let _ = JsFuture::from(playing).await;
        });
    }
}

/// One button that starts everything the browser does not play by itself.
#[component]
pub fn ResumeAll() -> impl IntoView {
    let text = use_text();
    let playback = use_context::<Playback>();
    let still = Memo::new(move |_| playback.is_some_and(Playback::is_still));
    view! {
        <Show when=move || still.get()>
            <button
                type="button"
                class="button is-main stage-resume"
                on:click=move |_| {
                    if let Some(playback) = playback {
                        playback.resume();
                    }
                }
            >
                {text.of(|t| t.play_all)}
            </button>
        </Show>
    }
}
