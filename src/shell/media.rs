//! The user's camera and microphone: asks the browser for them, and gives them back.
//!
//! One that is asked for while another of its kind is on is opened beside it, and takes its place as it comes.
//! A request is never cancelled: the browser may deliver a live camera all the same, and then nobody would turn
//! it off. It is awaited, and what it brings is turned off at once if nobody wants it any more: the device was
//! closed, or asked for anew, or the app is gone.

use std::cell::RefCell;
use std::rc::Rc;

use call_core::{Device, DevicePick, Event, MediaError, OpenDevice, RequestId};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MediaStream, MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints};

use super::browser;
use super::device_list;
use super::js_error::{JsError, resolved};
use super::local_tracks::LocalTracks;
use super::report::Report;

/// What is asked of a camera. 720p fills a large tile well, and the browser sends less by itself where a network
/// or a processor cannot keep up; 24 pictures a second look smooth and cost a fifth less than 30, which counts
/// where the same picture is encoded for each of up to seven others. All are wishes: no camera fails over them.
const WIDTH: i32 = 1280;
const HEIGHT: i32 = 720;
const FRAMES_A_SECOND: f64 = 24.0;

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
            let outcome = ask(camera.as_ref(), microphone.as_ref()).await;
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
                Event::DevicesOpened { request, open }
            }
            Err(error) => {
                self.still_wanted(Device::Camera, request);
                self.still_wanted(Device::Microphone, request);
                Event::DevicesFailed { request, error }
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
                    report.send(Event::DeviceLost(device));
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

async fn ask(
    camera: Option<&DevicePick>,
    microphone: Option<&DevicePick>,
) -> Result<MediaStream, MediaError> {
    let devices = browser::media_devices().ok_or(MediaError::Insecure)?;
    let constraints = MediaStreamConstraints::new();
    if let Some(pick) = camera {
        constraints.set_video_media_track_constraints(&picture(pick));
    }
    if let Some(pick) = microphone {
        constraints.set_audio_media_track_constraints(&sound(pick));
    }
    let asked = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(JsError::from);
    let stream = match asked {
        Ok(promise) => resolved(promise).await,
        Err(error) => Err(error),
    };
    stream.map_err(|error| {
        error.log("no device");
        error.as_media_error()
    })
}

fn picture(DevicePick(id): &DevicePick) -> MediaTrackConstraints {
    let picture = MediaTrackConstraints::new();
    picture.set_width_i32(WIDTH);
    picture.set_height_i32(HEIGHT);
    picture.set_frame_rate_f64(FRAMES_A_SECOND);
    match id {
        Some(id) => picture.set_device_id_str(id),
        // Not beside an id: to a browser both are worth the same, and a camera at the back could not be chosen.
        None => picture.set_facing_mode_str("user"),
    }
    picture
}

fn sound(DevicePick(id): &DevicePick) -> MediaTrackConstraints {
    let sound = MediaTrackConstraints::new();
    if let Some(id) = id {
        sound.set_device_id_str(id);
    }
    sound.set_echo_cancellation_bool(true);
    sound.set_noise_suppression_bool(true);
    sound.set_auto_gain_control_bool(true);
    sound
}
