//! Camera, microphone and screen: requests of a page to its browser, and the user's choices.

use call_core::{
    Device, DeviceEvent, DeviceOrder, DevicePick, Event, OpenDevice, RequestId, ScreenEvent, ScreenOrder,
    TrackSettings,
};

use crate::world::{Pending, World};

/// The longest time users take to choose a screen, in milliseconds.
const CHOOSES: u64 = 3_000;

impl World {
    pub(crate) fn order_devices(&mut self, at: usize, order: DeviceOrder) {
        let person = &mut self.people[at];
        match order {
            DeviceOrder::Open {
                request,
                camera,
                microphone,
            } => self.open_devices(at, request, camera, microphone),
            DeviceOrder::Close(Device::Camera) => person.open_devices.0 = false,
            DeviceOrder::Close(Device::Microphone) => person.open_devices.1 = false,
            DeviceOrder::Meter(every) => person.metered = every,
            DeviceOrder::List | DeviceOrder::PlayTestSound(_) | DeviceOrder::EnableMicrophone(_) => {}
        }
    }

    fn open_devices(
        &mut self,
        at: usize,
        request: RequestId,
        camera: Option<DevicePick>,
        microphone: Option<DevicePick>,
    ) {
        let person = &mut self.people[at];
        if let Some(error) = person.devices_fail {
            return self.report(at, Event::Devices(DeviceEvent::Failed { request, error }));
        }
        person.open_devices.0 |= camera.is_some();
        person.open_devices.1 |= microphone.is_some();
        let asked = [(Device::Camera, camera), (Device::Microphone, microphone)];
        let open = asked.into_iter().filter_map(|(device, pick)| {
            let id = pick?.0.unwrap_or_else(|| "first".to_owned());
            Some(OpenDevice {
                device,
                label: id.clone(),
                id,
                settings: TrackSettings::default(),
            })
        });
        let open = open.collect();
        self.report(at, Event::Devices(DeviceEvent::Opened { request, open }));
    }

    pub(crate) fn order_screen(&mut self, at: usize, order: ScreenOrder) {
        match order {
            ScreenOrder::Open(request) => {
                self.people[at].screen_awaited = Some(request);
                let (page, takes) = (self.people[at].number, self.chance.u64(1..=CHOOSES));
                self.later(takes, Pending::Screen(at, page, request));
            }
            ScreenOrder::Close => {
                self.people[at].screen = None;
                self.people[at].screen_awaited = None;
            }
        }
    }

    /// The user chooses in the screen dialog. A capture that is no longer awaited is stopped, but still reported.
    pub(crate) fn choose_screen(&mut self, at: usize, request: RequestId) {
        let person = &mut self.people[at];
        let awaited = person.screen_awaited == Some(request);
        let event = match person.screen_fails {
            None => ScreenEvent::Opened { sound: false },
            Some(error) => ScreenEvent::Failed(error),
        };
        if awaited {
            person.screen_awaited = None;
            if person.screen_fails.is_none() {
                assert_eq!(person.screen, None, "two screens at once");
                person.screen = Some(request);
            }
        }
        self.report(at, Event::Screen { request, event });
    }

    /// Ends a user's screen share from outside the page, if there is one.
    pub fn end_screen(&mut self, at: usize) {
        if let Some(request) = self.people[at].screen.take() {
            let event = ScreenEvent::Ended;
            self.report(at, Event::Screen { request, event });
        }
    }

    /// Turns camera and microphone off, so that only a call turns them on.
    pub fn keep_quiet(&mut self, at: usize) {
        self.wish(at, call_core::DeviceIntent::StopCamera);
        self.wish(at, call_core::DeviceIntent::MuteMicrophone);
        self.settle();
        assert_eq!(self.people[at].open_devices, (false, false));
    }
}
