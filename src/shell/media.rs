//! The user's camera and microphone: opens them, and gives them back.
//!
//! One that is asked for while another of its kind is on is opened beside it, and takes its place as it comes.
//! A request is never cancelled: the browser may deliver a live camera all the same, and then nobody would turn
//! it off. It is awaited, and what it brings is turned off at once if nobody wants it any more: the device was
//! closed, or asked for anew, or the app is gone.

use std::cell::RefCell;
use std::rc::Rc;

use call_core::{Device, DeviceEvent, DevicePick, Event, MediaError, OpenDevice, RequestId};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MediaStream, MediaStreamTrack};

use super::device_list;
use super::local_tracks::LocalTracks;
use super::report::Report;
use super::user_media;

/// Opens and closes devices. Dropping it turns all off, and what is still awaited as soon as it comes.
pub(super) struct Media(Rc<Inner>);

struct Inner {
    tracks: LocalTracks,
    awaited: RefCell<Awaited>,
    report: Report,
}

/// The newest request for each device that has no answer yet.
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
    pub(super) fn new(tracks: LocalTracks, report: Report) -> Self {
        Self(Rc::new(Inner {
            tracks,
            awaited: RefCell::default(),
            report,
        }))
    }

    /// Asks the user once for all devices named, and reports what came of it.
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

    /// Turns a device off, and what an unanswered request still brings of it.
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
        self.report.send(event);
    }

    /// Takes in what is still wanted of a device, turns off what is not, and tells what it took.
    fn take(&self, device: Device, request: RequestId, found: &Array) -> Vec<OpenDevice> {
        let mut taken = Vec::new();
        for track in tracks(found) {
            if self.still_wanted(device, request) {
                taken.push(device_list::open(device, &track));
                let report = self.report.clone();
                self.tracks.put(device.into(), track, move || {
                    report.send(Event::Devices(DeviceEvent::Lost(device)));
                });
                let report = self.report.clone();
                self.tracks.watch_muted(device.into(), move |muted| {
                    report.send(Event::Devices(DeviceEvent::Muted { device, muted }));
                });
            } else {
                track.stop();
            }
        }
        taken
    }

    /// Whether a request's answer is still wanted for a device; it is given once.
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
