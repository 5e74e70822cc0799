//! The live tracks of the user's devices and screen: at most one per source, shared by all connections.
//!
//! A track stays live until it is released, replaced, or dropped with the last clone: then the device is
//! released, and its light goes out.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use call_core::Source;
use gloo_events::EventListener;
use web_sys::{MediaStream, MediaStreamTrack};

/// The tracks of all active sources; clones share them.
#[derive(Clone, Default)]
pub struct LocalTracks(Rc<Inner>);

struct Inner {
    live: RefCell<BTreeMap<Source, LiveTrack>>,
    heard: Cell<bool>,
    /// Streams that hold the camera's and the screen's track alone; they stay the same objects while tracks
    /// change.
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
    /// The stream in which the user sees a source; audio has none, to avoid an echo.
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
    /// Returns the track of a source, if it is on.
    pub fn get(&self, source: Source) -> Option<MediaStreamTrack> {
        // `track.clone()` would be the browser's own, which makes a second live track.
        self.0
            .live
            .borrow()
            .get(&source)
            .map(|live| Clone::clone(&live.track))
    }

    /// Adds a live track in place of the current one. When the track ends by itself, it is removed and
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

    /// Calls `told` whenever the system mutes or unmutes the current track of a source.
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

    /// Unmutes the microphone, the current one or the next, or makes it send silence.
    pub fn enable_microphone(&self, heard: bool) {
        self.0.heard.set(heard);
        if let Some(live) = self.0.live.borrow().get(&Source::Microphone) {
            live.track.set_enabled(heard);
        }
    }

    /// The camera's video alone, to be played without an echo.
    pub fn preview(&self) -> Option<MediaStream> {
        self.0.camera.clone()
    }

    /// The screen's video alone.
    pub fn screen(&self) -> Option<MediaStream> {
        self.0.screen.clone()
    }
}
