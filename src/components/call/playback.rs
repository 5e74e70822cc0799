//! Sound and pictures that play on: what the browser or the system paused (a media key, power saving, the rules for autoplay) is
//! started again when it may be, and one button starts all that may not.

use std::collections::{BTreeMap, BTreeSet};

use gloo_events::EventListener;
use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlMediaElement;

use crate::text::use_text;

/// Somebody or something insists on a pause that came so often within [`WINDOW`]: then it is for the user to say.
const INSISTS: usize = 4;
/// In milliseconds. A media key that is pressed twice is within it, two calls of a phone are not.
const WINDOW: f64 = 10_000.0;

/// The media elements under one owner, and which of them stand still.
#[derive(Clone, Copy)]
pub struct Playback {
    still: RwSignal<BTreeSet<u32>>,
    elements: StoredValue<BTreeMap<u32, Player>, LocalStorage>,
}

struct Player {
    element: HtmlMediaElement,
    /// When it was paused lately, and started again.
    paused: Vec<f64>,
    _listeners: Vec<EventListener>,
}

impl Playback {
    /// Watches the elements of the components under the current owner.
    pub fn provide() {
        let playback = Self {
            still: RwSignal::default(),
            elements: StoredValue::new_local(BTreeMap::new()),
        };
        provide_context(playback);
        // A page that comes back into sight, and whatever the user does in it, may be what the browser waits for.
        let (page, window) = (document(), window());
        let listeners = [
            EventListener::new(&page, "visibilitychange", move |_| playback.retry()),
            EventListener::new(&window, "focus", move |_| playback.retry()),
            EventListener::new(&page, "click", move |_| playback.retry()),
            EventListener::new(&page, "keydown", move |_| playback.retry()),
        ];
        let _kept = StoredValue::new_local(listeners);
    }

    /// Watches an element until what is given back is dropped.
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
            // Where autoplay is not allowed nothing tells of it: the element has what it needs, and stands still.
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

    /// Whether anything stands still that should play.
    pub fn is_still(self) -> bool {
        self.still.with(|still| !still.is_empty())
    }

    /// Starts all that stands still, by the user's own wish.
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

/// An element that is watched; dropping it ends that.
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

/// Whether an element is paused that has something to play.
fn stands_still(element: &HtmlMediaElement) -> bool {
    let live = element.src_object().is_some_and(|stream| stream.active());
    element.paused() && live
}

fn play(element: &HtmlMediaElement) {
    if let Ok(playing) = element.play() {
        spawn_local(async move {
            // Where it is refused the element goes on to stand still, and the button stays.
            let _ = JsFuture::from(playing).await;
        });
    }
}

/// The one button for all that the browser does not let play by itself.
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
