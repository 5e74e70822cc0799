//! Lists the user's devices, and again whenever one is added or removed.

use std::cell::Cell;
use std::rc::Rc;

use call_core::{Device, DeviceEvent, DeviceKind, Event, Facing, ListedDevice, OpenDevice, TrackSettings};
use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MediaDeviceInfo, MediaDeviceKind, MediaStreamTrack};

use super::browser::{self, SoundSettings};
use super::event_sink::EventSink;
use super::js_error::{JsError, resolved};

/// Lists devices; after the first list it also follows `devicechange`, until it is dropped.
pub(super) struct DeviceList {
    inner: Rc<Inner>,
    listener: Option<EventListener>,
}

struct Inner {
    /// Number of the newest list: an older one that arrives late is discarded.
    newest: Cell<u64>,
    events: EventSink,
}

impl DeviceList {
    pub(super) fn new(events: EventSink) -> Self {
        let newest = Cell::default();
        Self {
            inner: Rc::new(Inner { newest, events }),
            listener: None,
        }
    }

    /// Reports the devices, now and after each change.
    pub(super) fn list(&mut self) {
        self.inner.list();
        let weak = Rc::downgrade(&self.inner);
        if self.listener.is_none() {
            self.listener = browser::media_devices().map(|devices| {
                EventListener::new(&devices, "devicechange", move |_| {
                    if let Some(inner) = weak.upgrade() {
                        inner.list();
                    }
                })
            });
        }
    }
}

impl Inner {
    fn list(self: &Rc<Self>) {
        let number = self.newest.get() + 1;
        self.newest.set(number);
        let weak = Rc::downgrade(self);
        spawn_local(async move {
            let listed = ask().await;
            let Some(inner) = weak.upgrade().filter(|inner| inner.newest.get() == number) else {
                return;
            };
            match listed {
                Ok(listed) => inner.events.send(Event::Devices(DeviceEvent::Listed(listed))),
                Err(error) => error.log("no list of devices"),
            }
        });
    }
}

async fn ask() -> Result<Vec<ListedDevice>, JsError> {
    let Some(devices) = browser::media_devices() else {
        return Ok(Vec::new());
    };
    let found: Array = resolved(devices.enumerate_devices()?).await?;
    let found = found.iter().map(MediaDeviceInfo::unchecked_from_js);
    Ok(found.filter_map(|found| listed(&found)).collect())
}

fn listed(found: &MediaDeviceInfo) -> Option<ListedDevice> {
    let kind = match found.kind() {
        MediaDeviceKind::Videoinput => DeviceKind::Camera,
        MediaDeviceKind::Audioinput => DeviceKind::Microphone,
        MediaDeviceKind::Audiooutput => DeviceKind::Speaker,
        // A kind newer than this app.
        _ => return None,
    };
    Some(ListedDevice {
        kind,
        id: found.device_id(),
        label: found.label(),
        group: found.group_id(),
    })
}

/// Describes an open device by its track.
pub(super) fn open(device: Device, track: &MediaStreamTrack) -> OpenDevice {
    let settings = track.get_settings();
    let count = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    OpenDevice {
        device,
        id: settings.get_device_id().unwrap_or_default(),
        label: track.label(),
        settings: TrackSettings {
            width: count(settings.get_width()),
            height: count(settings.get_height()),
            frames_per_second: settings.get_frame_rate(),
            sample_rate: settings.unchecked_ref::<SoundSettings>().sample_rate(),
            channels: count(settings.get_channel_count()),
            echo_cancellation: settings.get_echo_cancellation(),
            noise_suppression: settings.get_noise_suppression(),
            auto_gain_control: settings.get_auto_gain_control(),
            facing: settings.get_facing_mode().and_then(|mode| Facing::of(&mode)),
            muted: track.muted(),
        },
    }
}
