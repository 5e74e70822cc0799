//! The user's devices meet the room: what is turned on for a call, and what peers are told and sent.

use crate::media::Failure;
use crate::{Core, Device, Effect, Intent, MediaError, NoticeBody, RequestId, Source};

impl Core {
    /// Turns on what a call wants.
    pub(crate) fn open_for_call(&mut self) -> Vec<Effect> {
        let request = self.next_request();
        self.media.for_call(request)
    }

    /// The user turns a device on or off.
    pub(crate) fn device_wish(&mut self, wish: &Intent) -> Vec<Effect> {
        let request = self.next_request();
        let (mut effects, device) = match wish {
            Intent::StartCamera => (self.media.start_camera(request), Device::Camera),
            Intent::StopCamera => (self.media.stop_camera(), Device::Camera),
            Intent::UnmuteMicrophone => (self.media.unmute(request), Device::Microphone),
            _ => (self.media.mute(self.in_call), Device::Microphone),
        };
        self.settle_device_notices(device);
        effects.extend(self.tell_sources(&[device.into()]));
        effects
    }

    pub(crate) fn devices_opened(&mut self, request: RequestId) -> Vec<Effect> {
        let opened = self.media.opened(request);
        for device in &opened {
            self.settle_device_notices(*device);
        }
        let mut effects = vec![Effect::EnableMicrophone(!self.media.view().muted)];
        let opened: Vec<Source> = opened.into_iter().map(Source::from).collect();
        effects.extend(self.tell_sources(&opened));
        effects
    }

    pub(crate) fn devices_failed(&mut self, request: RequestId, error: MediaError) -> Vec<Effect> {
        // Names for the requests that may follow, taken beforehand since the media cannot reach the counter.
        let mut next = [self.next_request(), self.next_request()].into_iter().cycle();
        let failure = self
            .media
            .failed(request, error, || next.next().unwrap_or(request));
        match failure {
            Failure::Stale => Vec::new(),
            Failure::Retry(effects) => effects,
            Failure::Of(device) => self.notify(NoticeBody::Media { device, error }),
            // One notice is enough: both stand and fall with the page's address.
            Failure::Both => self.notify(NoticeBody::Media {
                device: Device::Camera,
                error,
            }),
        }
    }

    pub(crate) fn device_lost(&mut self, device: Device) -> Vec<Effect> {
        if !self.media.lost(device) {
            return Vec::new();
        }
        let mut effects = self.tell_sources(&[device.into()]);
        effects.extend(self.notify(NoticeBody::DeviceLost(device)));
        effects
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

    fn settle_device_notices(&mut self, device: Device) {
        self.notices.settle(|body| match body {
            NoticeBody::Media { device: of, .. } | NoticeBody::DeviceLost(of) => *of == device,
            _ => false,
        });
    }
}
