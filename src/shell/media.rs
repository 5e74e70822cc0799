//! Opens and closes the user's camera and microphone.
//!
//! A device requested while another of its kind is on is opened beside it, and replaces it once it is open. A
//! request is never cancelled: the browser may deliver a live camera all the same, which would then stay on.
//! It is awaited, and its tracks are stopped at once if they are no longer wanted: the device was closed or
//! requested again, or the app is gone.

use std::cell::RefCell;
use std::rc::Rc;

use call_core::{Device, DeviceEvent, DevicePick, Event, MediaError, OpenDevice, RequestId};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MediaStream, MediaStreamTrack};

use super::device_list;
use super::event_sink::EventSink;
use super::local_tracks::LocalTracks;
use super::user_media;

/// Opens and closes devices. Dropping it turns all of them off, including those that are still awaited.
pub(super) struct Media(Rc<Inner>);

struct Inner {
    tracks: LocalTracks,
    awaited: RefCell<Awaited>,
    events: EventSink,
}

/// The newest unanswered request for each device.
#[derive(Default)]
struct Awaited {
    camera: Option<RequestId>,
    microphone: Option<RequestId>,
}

impl Awaited {
    fn of(&mut self, device: Device) -> &mut Option<RequestId> {
        match device {
            Device::Camera => &mut self.camera,
            Device::Microphone => &mut self.microphone,
        }
    }
}

impl Media {
    pub(super) fn new(tracks: LocalTracks, events: EventSink) -> Self {
        Self(Rc::new(Inner {
            tracks,
            awaited: RefCell::default(),
            events,
        }))
    }

    /// Requests all given devices with one prompt, and reports the result.
    pub(super) fn open(
        &self,
        request: RequestId,
        camera: Option<DevicePick>,
        microphone: Option<DevicePick>,
    ) {
        for (device, pick) in [(Device::Camera, &camera), (Device::Microphone, &microphone)] {
            if pick.is_some() {
                *self.0.awaited.borrow_mut().of(device) = Some(request);
            }
        }
        let inner = Rc::downgrade(&self.0);
        spawn_local(async move {
            let outcome = user_media::ask(camera, microphone).await;
            match (inner.upgrade(), outcome) {
                (Some(inner), outcome) => inner.answered(request, outcome),
                (None, Ok(stream)) => tracks(&stream.get_tracks()).for_each(|track| track.stop()),
                (None, Err(_)) => {}
            }
        });
    }

    /// Turns a device off, and drops it from an unanswered request.
    pub(super) fn close(&self, device: Device) {
        self.0.close(device);
    }
}

impl Inner {
    fn answered(&self, request: RequestId, outcome: Result<MediaStream, MediaError>) {
        let event = match outcome {
            Ok(stream) => {
                let mut open = self.take(Device::Camera, request, &stream.get_video_tracks());
                open.extend(self.take(Device::Microphone, request, &stream.get_audio_tracks()));
                Event::Devices(DeviceEvent::Opened { request, open })
            }
            Err(error) => {
                self.still_wanted(Device::Camera, request);
                self.still_wanted(Device::Microphone, request);
                Event::Devices(DeviceEvent::Failed { request, error })
            }
        };
        self.events.send(event);
    }

    /// Keeps the tracks of a device that are still wanted, stops the others, and describes those it kept.
    fn take(&self, device: Device, request: RequestId, found: &Array) -> Vec<OpenDevice> {
        let mut taken = Vec::new();
        for track in tracks(found) {
            if self.still_wanted(device, request) {
                taken.push(device_list::open(device, &track));
                let events = self.events.clone();
                self.tracks.put(device.into(), track, move || {
                    events.send(Event::Devices(DeviceEvent::Lost(device)));
                });
                let events = self.events.clone();
                self.tracks.watch_muted(device.into(), move |muted| {
                    events.send(Event::Devices(DeviceEvent::Muted { device, muted }));
                });
            } else {
                track.stop();
            }
        }
        taken
    }

    /// Whether a request's answer is still wanted for a device; true only once per request.
    fn still_wanted(&self, device: Device, request: RequestId) -> bool {
        let mut awaited = self.awaited.borrow_mut();
        let awaited = awaited.of(device);
        let wanted = *awaited == Some(request);
        if wanted {
            *awaited = None;
        }
        wanted
    }

    fn close(&self, device: Device) {
        *self.awaited.borrow_mut().of(device) = None;
        self.tracks.release(device.into());
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close(Device::Camera);
        self.close(Device::Microphone);
    }
}

fn tracks(found: &Array) -> impl Iterator<Item = MediaStreamTrack> {
    found.iter().filter_map(|track| track.dyn_into().ok())
}
