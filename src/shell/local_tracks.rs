//! What the user's devices give now: one track a device, shared by all connections.
//!
//! A track that is put here is live until it is taken out, replaced, or dropped with the last holder: then the
//! device is released, and its light goes out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use call_core::Device;
use gloo_events::EventListener;
use web_sys::{MediaStream, MediaStreamTrack};

/// The tracks of camera and microphone; clones share them.
#[derive(Clone, Default)]
pub struct LocalTracks(Rc<Inner>);

struct Inner {
    camera: RefCell<Option<LiveTrack>>,
    microphone: RefCell<Option<LiveTrack>>,
    heard: Cell<bool>,
    /// Holds the camera's track alone, and stays the same object while tracks come and go.
    preview: Option<MediaStream>,
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            camera: RefCell::default(),
            microphone: RefCell::default(),
            heard: Cell::new(true),
            preview: MediaStream::new().ok(),
        }
    }
}

struct LiveTrack {
    track: MediaStreamTrack,
    _ended: EventListener,
}

impl Drop for LiveTrack {
    fn drop(&mut self) {
        self.track.stop();
    }
}

impl LocalTracks {
    /// What a device gives, if it is on.
    pub fn get(&self, device: Device) -> Option<MediaStreamTrack> {
        // `track.clone()` would be the browser's own, which makes a second live track.
        self.slot(device)
            .borrow()
            .as_ref()
            .map(|live| Clone::clone(&live.track))
    }

    /// Takes a live track in, in place of the one that is there. One that stops by itself is taken out, and then
    /// `ended` is called.
    pub fn put(&self, device: Device, track: MediaStreamTrack, ended: impl FnOnce() + 'static) {
        self.release(device);
        match device {
            Device::Microphone => track.set_enabled(self.0.heard.get()),
            Device::Camera => {
                if let Some(preview) = &self.0.preview {
                    preview.add_track(&track);
                }
            }
        }
        let weak = Rc::downgrade(&self.0);
        let listener = EventListener::once(&track, "ended", move |_| {
            if let Some(inner) = weak.upgrade() {
                Self(inner).release(device);
                ended();
            }
        });
        self.slot(device).replace(Some(LiveTrack {
            track,
            _ended: listener,
        }));
    }

    /// Turns a device off.
    pub fn release(&self, device: Device) {
        let released = self.slot(device).take();
        if let (Some(live), Device::Camera, Some(preview)) = (&released, device, &self.0.preview) {
            preview.remove_track(&live.track);
        }
    }

    /// Lets the microphone be heard, the one that is on or the next, or makes it send silence.
    pub fn enable_microphone(&self, heard: bool) {
        self.0.heard.set(heard);
        if let Some(live) = &*self.0.microphone.borrow() {
            live.track.set_enabled(heard);
        }
    }

    /// The camera alone, to be played without an echo.
    pub fn preview(&self) -> Option<MediaStream> {
        self.0.preview.clone()
    }

    fn slot(&self, device: Device) -> &RefCell<Option<LiveTrack>> {
        match device {
            Device::Camera => &self.0.camera,
            Device::Microphone => &self.0.microphone,
        }
    }
}
