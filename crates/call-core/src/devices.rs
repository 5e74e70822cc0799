//! The user's devices meet the room: what is turned on for it, and what peers are told and sent.

use crate::lab::Loopback;
use crate::media::Failure;
use crate::place::Place;
use crate::{
    Core, Device, DeviceKind, Effect, Intent, Lab, ListedDevice, MediaError, Moment, NoticeBody, OpenDevice,
    RequestId, Source, meter,
};

impl Core {
    /// Turns on what a call needs.
    pub(crate) fn open_for_call(&mut self) -> Vec<Effect> {
        let request = self.next_request();
        self.media.for_call(request)
    }

    /// Turns on what the user wants on, on the way into a room.
    pub(crate) fn prepare_devices(&mut self) -> Vec<Effect> {
        let request = self.next_request();
        let mut effects = vec![Effect::ListDevices];
        effects.extend(self.media.prepare(request));
        effects
    }

    /// The user turns a device on or off, for this visit and the next.
    pub(crate) fn device_wish(&mut self, wish: &Intent) -> Vec<Effect> {
        let request = self.next_request();
        let (mut effects, device) = match wish {
            Intent::StartCamera => (self.media.start_camera(request), Device::Camera),
            Intent::StopCamera => (self.media.stop_camera(), Device::Camera),
            Intent::UnmuteMicrophone => (self.media.unmute(request), Device::Microphone),
            _ => (self.media.mute(self.in_call), Device::Microphone),
        };
        if *wish == Intent::UnmuteMicrophone {
            self.meter.unmuted();
        }
        self.settle_device_notices(device);
        effects.push(self.keep_choices());
        effects.extend(self.tell_sources(&[device.into()]));
        effects
    }

    /// The user chooses which device to use.
    pub(crate) fn choose_device(&mut self, kind: DeviceKind, id: &str) -> Vec<Effect> {
        let request = self.next_request();
        let mut effects = self.media.choose(kind, id, request);
        effects.push(self.keep_choices());
        effects
    }

    /// The user wants calls to go by relays alone from now on, or not.
    pub(crate) fn wish_address_hidden(&mut self, hidden: bool) -> Vec<Effect> {
        self.media.hide_address(hidden);
        vec![self.keep_choices()]
    }

    /// Makes connections that show nobody the user's address, where that is wished; those of a lab stay within the page.
    pub(crate) fn hide_address(&self, effects: &mut [Effect]) {
        if !self.media.choices().hide_address {
            return;
        }
        for effect in effects {
            if let Effect::OpenPeer { peer, relay_only, .. } = effect {
                *relay_only |= !Loopback::has(*peer);
            }
        }
    }

    /// The browser tells which devices there are.
    pub(crate) fn devices_listed(&mut self, listed: Vec<ListedDevice>) -> Vec<Effect> {
        let mut next = self.two_requests();
        let mut effects = self.media.list(listed, || next.next().unwrap_or_default());
        let speaker = self.media.speaker_followed();
        // A headset's microphone is told of once it is open: one word for both.
        let shown = self.room.is_some() || matches!(self.place, Place::Ready(_));
        if let Some(name) = speaker.filter(|_| shown && effects.is_empty()) {
            effects.extend(self.notify(NoticeBody::DeviceFollowed(name)));
        }
        effects
    }

    pub(crate) fn devices_opened(&mut self, request: RequestId, open: Vec<OpenDevice>) -> Vec<Effect> {
        let opened = self.media.opened(request, open);
        let mut effects = vec![Effect::EnableMicrophone(!self.media.muted())];
        for opened in &opened {
            self.settle_device_notices(opened.device);
            if let Some((gone, now)) = opened.replaced.clone() {
                effects.extend(self.notify(NoticeBody::DeviceReplaced { gone, now }));
            }
            effects.extend(self.tell_muted_by_system(opened.device));
            if let Some(name) = opened.followed.clone() {
                effects.extend(self.notify(NoticeBody::DeviceFollowed(name)));
            }
        }
        let opened: Vec<Source> = opened.iter().map(|opened| opened.device.into()).collect();
        effects.extend(self.tell_sources(&opened));
        // Only now does the browser tell the names.
        effects.push(Effect::ListDevices);
        effects
    }

    pub(crate) fn devices_failed(&mut self, request: RequestId, error: MediaError) -> Vec<Effect> {
        let mut next = self.two_requests();
        let failure = self
            .media
            .failed(request, error, || next.next().unwrap_or(request));
        match failure {
            Failure::Stale => Vec::new(),
            Failure::Retry(mut effects) => {
                // What was closed for it is gone from the others' pages until it is there again.
                effects.extend(self.tell_sources(&[Source::Camera, Source::Microphone]));
                effects
            }
            // Before a room the preview says it, in the same words.
            Failure::Of(_) | Failure::Both if matches!(self.place, Place::Ready(_)) => Vec::new(),
            Failure::Of(device) => self.notify(NoticeBody::Media { device, error }),
            // One notice is enough: both stand and fall with the page's address.
            Failure::Both if error == MediaError::Insecure => self.notify(NoticeBody::Media {
                device: Device::Camera,
                error,
            }),
            Failure::Both => {
                let devices = [Device::Camera, Device::Microphone];
                let told = devices.map(|device| self.notify(NoticeBody::Media { device, error }));
                told.into_iter().flatten().collect()
            }
            Failure::Returning(device, again) => {
                let mut effects = vec![self.keep_choices()];
                effects.extend(again);
                effects.extend(self.notify(NoticeBody::DeviceKept(device)));
                effects
            }
            Failure::Kept(device) => {
                let mut effects = vec![self.keep_choices()];
                effects.extend(self.notify(NoticeBody::DeviceKept(device)));
                effects
            }
            Failure::Gone(device) => self.notify(NoticeBody::DeviceLost(device)),
        }
    }

    /// A device stopped by itself: another takes its place, if there is one.
    pub(crate) fn device_lost(&mut self, device: Device) -> Vec<Effect> {
        let request = self.next_request();
        let mut effects = self.media.lost(device, request);
        if !effects.is_empty() {
            effects.extend(self.tell_sources(&[device.into()]));
        }
        effects
    }

    /// The system mutes a device, or lets it go on: the others see it as off, and the user learns why.
    pub(crate) fn device_muted(&mut self, device: Device, muted: bool) -> Vec<Effect> {
        if !self.media.mute_by_system(device, muted) {
            return Vec::new();
        }
        let sending = self.sending();
        let mut effects = self.in_room(|room| room.media_changed(&[], sending));
        if muted {
            effects.extend(self.tell_muted_by_system(device));
        } else {
            self.notices
                .settle(|body| *body == NoticeBody::MutedBySystem(device));
        }
        effects
    }

    /// Before a room the preview says it; who is muted by their own wish does not miss the microphone.
    fn tell_muted_by_system(&mut self, device: Device) -> Vec<Effect> {
        let wanted = device == Device::Camera || !self.media.muted();
        if !wanted || !self.media.muted_by_system(device) || matches!(self.place, Place::Ready(_)) {
            return Vec::new();
        }
        self.notify(NoticeBody::MutedBySystem(device))
    }

    /// The microphone is so loud now.
    pub(crate) fn microphone_level(&mut self, level: u8, moment: Moment) -> Vec<Effect> {
        self.labs.set_up.measured(level);
        if self.meter.measured(level, moment) {
            self.notify(NoticeBody::TalkingWhileMuted)
        } else {
            Vec::new()
        }
    }

    /// Measures the microphone where that is of use, and nowhere else.
    pub(crate) fn run_meter(&mut self) -> Option<Effect> {
        let every = match self.place {
            _ if !self.media.microphone_open() => None,
            Place::Ready(_) | Place::Lab(Lab::SetUp) => Some(meter::SHOWN),
            _ if self.in_call && self.media.muted() => Some(meter::MUTED),
            _ => None,
        };
        self.meter.run(every)
    }

    /// Sources went on or off: peers get what they give now, and are told.
    pub(crate) fn tell_sources(&mut self, sources: &[Source]) -> Vec<Effect> {
        let sending = self.sending();
        if sources.is_empty() {
            Vec::new()
        } else {
            self.in_room(|room| room.media_changed(sources, sending))
        }
    }

    fn keep_choices(&self) -> Effect {
        Effect::StoreDeviceChoices(self.media.choices().clone())
    }

    /// Names for the requests that may follow, taken beforehand since the media cannot reach the counter.
    fn two_requests(&mut self) -> impl Iterator<Item = RequestId> + use<> {
        [self.next_request(), self.next_request()].into_iter().cycle()
    }

    fn settle_device_notices(&mut self, device: Device) {
        self.notices.settle(|body| match body {
            NoticeBody::Media { device: of, .. }
            | NoticeBody::DeviceLost(of)
            | NoticeBody::MutedBySystem(of)
            | NoticeBody::DeviceKept(of) => *of == device,
            NoticeBody::TalkingWhileMuted => device == Device::Microphone,
            _ => false,
        });
    }
}
