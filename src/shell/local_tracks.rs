//! What the user's devices and screen give now: one track a source, shared by all connections.
//!
//! A track that is put here is live until it is taken out, replaced, or dropped with the last holder: then the
//! device is released, and its light goes out.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use call_core::Source;
use gloo_events::EventListener;
use web_sys::{MediaStream, MediaStreamTrack};

/// The tracks of all sources that are on; clones share them.
#[derive(Clone, Default)]
pub struct LocalTracks(Rc<Inner>);

struct Inner {
    live: RefCell<BTreeMap<Source, LiveTrack>>,
    heard: Cell<bool>,
    /// These hold the track of the camera, and that of the screen, alone, and stay the same objects while tracks
    /// come and go.
    camera: Option<MediaStream>,
    screen: Option<MediaStream>,
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            live: RefCell::default(),
            heard: Cell::new(true),
            camera: MediaStream::new().ok(),
            screen: MediaStream::new().ok(),
        }
    }
}

impl Inner {
    /// The stream in which the user sees a source; one that is heard has none, so that there is no echo.
    fn preview(&self, source: Source) -> Option<&MediaStream> {
        match source {
            Source::Camera => self.camera.as_ref(),
            Source::Screen => self.screen.as_ref(),
            Source::Microphone | Source::ScreenSound => None,
        }
    }
}

struct LiveTrack {
    track: MediaStreamTrack,
    listeners: Vec<EventListener>,
}

impl Drop for LiveTrack {
    fn drop(&mut self) {
        self.track.stop();
    }
}

impl LocalTracks {
    /// What a source gives, if it is on.
    pub fn get(&self, source: Source) -> Option<MediaStreamTrack> {
        // `track.clone()` would be the browser's own, which makes a second live track.
        self.0
            .live
            .borrow()
            .get(&source)
            .map(|live| Clone::clone(&live.track))
    }

    /// Takes a live track in, in place of the one that is there. One that stops by itself is taken out, and then
    /// `ended` is called.
    pub fn put(&self, source: Source, track: MediaStreamTrack, ended: impl FnOnce() + 'static) {
        self.release(source);
        if source == Source::Microphone {
            track.set_enabled(self.0.heard.get());
        }
        if let Some(preview) = self.0.preview(source) {
            preview.add_track(&track);
        }
        let weak = Rc::downgrade(&self.0);
        let listener = EventListener::once(&track, "ended", move |_| {
            if let Some(inner) = weak.upgrade() {
                Self(inner).release(source);
                ended();
            }
        });
        let live = LiveTrack {
            track,
            listeners: vec![listener],
        };
        self.0.live.borrow_mut().insert(source, live);
    }

    /// Calls `told` whenever the system mutes the track of a source, or lets it go on, as long as it is there.
    pub fn watch_muted(&self, source: Source, told: impl Fn(bool) + Clone + 'static) {
        if let Some(live) = self.0.live.borrow_mut().get_mut(&source) {
            let listen = |name: &'static str, muted: bool| {
                let told = told.clone();
                EventListener::new(&live.track, name, move |_| told(muted))
            };
            let listeners = [listen("mute", true), listen("unmute", false)];
            live.listeners.extend(listeners);
        }
    }

    /// Turns a source off.
    pub fn release(&self, source: Source) {
        let released = self.0.live.borrow_mut().remove(&source);
        if let (Some(live), Some(preview)) = (&released, self.0.preview(source)) {
            preview.remove_track(&live.track);
        }
    }

    /// Lets the microphone be heard, the one that is on or the next, or makes it send silence.
    pub fn enable_microphone(&self, heard: bool) {
        self.0.heard.set(heard);
        if let Some(live) = self.0.live.borrow().get(&Source::Microphone) {
            live.track.set_enabled(heard);
        }
    }

    /// The camera alone, to be played without an echo.
    pub fn preview(&self) -> Option<MediaStream> {
        self.0.camera.clone()
    }

    /// The pictures of the screen alone.
    pub fn screen(&self) -> Option<MediaStream> {
        self.0.screen.clone()
    }
}
