//! The user's own camera and microphone: what is wanted, what is asked of the browser, and what came of it.
//!
//! A device that a call turned on goes off with the last call; a camera that the user turned on stays until
//! the user turns it off; one that the user turned off is not turned on by a call.

use crate::{Device, DeviceView, Effect, MediaError, MediaView, RequestId};

/// Both devices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Media {
    camera: State,
    microphone: State,
    muted: bool,
    /// Whether the user said that the camera should be on, or off; until then a call decides.
    camera_wish: Option<bool>,
    /// The user answered without the camera: it stays off in the calls that go on, unless it is turned on.
    answered_without: bool,
}

/// One device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Off,
    Starting(RequestId),
    On,
    Failed(MediaError),
}

/// What came of a failed request: what to ask next, or what the user should know.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// It was stale: nothing.
    Stale,
    /// Both were asked for together, and one of them may be to be had: ask for each alone.
    Retry(Vec<Effect>),
    /// This one is not to be had.
    Of(Device),
    /// Neither is to be had, for a reason that asking again does not change.
    Both,
}

impl Media {
    /// Turns on what a call wants and the user did not turn off.
    pub(crate) fn for_call(&mut self, request: RequestId) -> Vec<Effect> {
        let camera = self.camera_wish != Some(false) && !self.answered_without;
        self.open(request, camera, true)
    }

    /// The user answers with the camera, which then goes off with the call, or without it: one that is on goes off.
    pub(crate) fn answer(&mut self, camera: bool) -> Vec<Effect> {
        self.answered_without = !camera;
        if camera {
            self.camera_wish = self.camera_wish.filter(|wish| *wish);
            return Vec::new();
        }
        self.camera_wish = None;
        self.close(Device::Camera)
    }

    /// The user turns the camera on.
    pub(crate) fn start_camera(&mut self, request: RequestId) -> Vec<Effect> {
        self.camera_wish = Some(true);
        self.answered_without = false;
        self.open(request, true, false)
    }

    /// The user turns the camera off.
    pub(crate) fn stop_camera(&mut self) -> Vec<Effect> {
        self.camera_wish = Some(false);
        self.close(Device::Camera)
    }

    /// The user wants to be heard.
    pub(crate) fn unmute(&mut self, request: RequestId) -> Vec<Effect> {
        self.muted = false;
        let mut effects = vec![Effect::EnableMicrophone(true)];
        effects.extend(self.open(request, false, true));
        effects
    }

    /// The user wants to be silent; outside a call the microphone is given back.
    pub(crate) fn mute(&mut self, in_call: bool) -> Vec<Effect> {
        self.muted = true;
        if in_call {
            vec![Effect::EnableMicrophone(false)]
        } else {
            self.close(Device::Microphone)
        }
    }

    /// The last call is over: what calls turned on goes off.
    pub(crate) fn calls_over(&mut self) -> Vec<Effect> {
        self.answered_without = false;
        let mut effects = self.close(Device::Microphone);
        if self.camera_wish != Some(true) {
            effects.extend(self.close(Device::Camera));
        }
        effects
    }

    /// The room is left: all goes off, and wishes are forgotten.
    pub(crate) fn leave(&mut self) -> Vec<Effect> {
        let mut effects = self.close(Device::Microphone);
        effects.extend(self.close(Device::Camera));
        *self = Self::default();
        effects
    }

    /// Devices are on; says which of them.
    pub(crate) fn opened(&mut self, request: RequestId) -> Vec<Device> {
        let mut opened = Vec::new();
        for device in [Device::Camera, Device::Microphone] {
            let state = self.state(device);
            if *state == State::Starting(request) {
                *state = State::On;
                opened.push(device);
            }
        }
        opened
    }

    /// Devices are not to be had.
    pub(crate) fn failed(
        &mut self,
        request: RequestId,
        error: MediaError,
        next: impl FnMut() -> RequestId,
    ) -> Failure {
        let asked: Vec<Device> = [Device::Camera, Device::Microphone]
            .into_iter()
            .filter(|device| *self.state(*device) == State::Starting(request))
            .collect();
        match asked[..] {
            [] => Failure::Stale,
            [device] => {
                *self.state(device) = State::Failed(error);
                Failure::Of(device)
            }
            _ if error == MediaError::Insecure => {
                self.camera = State::Failed(error);
                self.microphone = State::Failed(error);
                Failure::Both
            }
            _ => Failure::Retry(self.open_each(next)),
        }
    }

    /// A device stopped by itself; whether it was in use.
    pub(crate) fn lost(&mut self, device: Device) -> bool {
        let state = self.state(device);
        let was_on = *state == State::On;
        if was_on {
            *state = State::Off;
        }
        was_on
    }

    /// Whether a picture is sent.
    pub(crate) fn camera_on(&self) -> bool {
        self.camera == State::On
    }

    /// Whether sound is sent.
    pub(crate) fn heard(&self) -> bool {
        self.microphone == State::On && !self.muted
    }

    pub(crate) fn view(&self) -> MediaView {
        MediaView {
            camera: self.camera.view(),
            microphone: self.microphone.view(),
            muted: self.muted,
            ..MediaView::default()
        }
    }

    fn open(&mut self, request: RequestId, camera: bool, microphone: bool) -> Vec<Effect> {
        let camera = camera && self.camera.is_idle();
        let microphone = microphone && self.microphone.is_idle();
        if camera {
            self.camera = State::Starting(request);
        }
        if microphone {
            self.microphone = State::Starting(request);
        }
        if camera || microphone {
            vec![Effect::OpenDevices {
                request,
                camera,
                microphone,
            }]
        } else {
            Vec::new()
        }
    }

    fn open_each(&mut self, mut next: impl FnMut() -> RequestId) -> Vec<Effect> {
        self.camera = State::Off;
        self.microphone = State::Off;
        let mut effects = self.open(next(), false, true);
        effects.extend(self.open(next(), true, false));
        effects
    }

    fn close(&mut self, device: Device) -> Vec<Effect> {
        let state = self.state(device);
        let used = matches!(state, State::Starting(_) | State::On);
        *state = State::Off;
        if used {
            vec![Effect::CloseDevice(device)]
        } else {
            Vec::new()
        }
    }

    fn state(&mut self, device: Device) -> &mut State {
        match device {
            Device::Camera => &mut self.camera,
            Device::Microphone => &mut self.microphone,
        }
    }
}

impl State {
    fn is_idle(self) -> bool {
        matches!(self, Self::Off | Self::Failed(_))
    }

    fn view(self) -> DeviceView {
        match self {
            Self::Off => DeviceView::Off,
            Self::Starting(_) => DeviceView::Starting,
            Self::On => DeviceView::On,
            Self::Failed(error) => DeviceView::Failed(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: RequestId = RequestId(1);

    fn requests() -> impl FnMut() -> RequestId {
        let mut last = 10;
        move || {
            last += 1;
            RequestId(last)
        }
    }

    #[test]
    fn a_call_asks_once_for_both_devices_and_gives_both_back() {
        let mut media = Media::default();
        assert_eq!(
            media.for_call(FIRST),
            [Effect::OpenDevices {
                request: FIRST,
                camera: true,
                microphone: true
            }]
        );
        assert_eq!(
            media.for_call(RequestId(2)),
            [],
            "while they start, nothing is asked again"
        );
        assert_eq!(media.opened(FIRST), [Device::Camera, Device::Microphone]);
        assert_eq!(
            media.calls_over(),
            [
                Effect::CloseDevice(Device::Microphone),
                Effect::CloseDevice(Device::Camera)
            ]
        );
    }

    #[test]
    fn a_camera_that_the_user_turned_on_outlives_the_call() {
        let mut media = Media::default();
        media.start_camera(FIRST);
        media.opened(FIRST);
        media.for_call(RequestId(2));
        media.opened(RequestId(2));
        assert_eq!(media.calls_over(), [Effect::CloseDevice(Device::Microphone)]);
        assert!(media.camera_on());
    }

    #[test]
    fn a_camera_that_the_user_turned_off_stays_off_in_a_call() {
        let mut media = Media::default();
        media.stop_camera();
        assert_eq!(
            media.for_call(FIRST),
            [Effect::OpenDevices {
                request: FIRST,
                camera: false,
                microphone: true
            }]
        );
    }

    #[test]
    fn without_a_camera_the_microphone_is_still_asked_for_alone() {
        let mut media = Media::default();
        media.for_call(FIRST);
        let Failure::Retry(effects) = media.failed(FIRST, MediaError::NotFound, requests()) else {
            unreachable!("both were asked for together")
        };
        assert_eq!(
            effects,
            [
                Effect::OpenDevices {
                    request: RequestId(11),
                    camera: false,
                    microphone: true
                },
                Effect::OpenDevices {
                    request: RequestId(12),
                    camera: true,
                    microphone: false
                },
            ]
        );
        assert_eq!(media.opened(RequestId(11)), [Device::Microphone]);
        assert_eq!(
            media.failed(RequestId(12), MediaError::NotFound, requests()),
            Failure::Of(Device::Camera)
        );
        assert!(media.heard());
        assert_eq!(media.view().camera, DeviceView::Failed(MediaError::NotFound));
    }

    #[test]
    fn answering_without_the_camera_turns_one_off_that_is_on_and_holds_for_that_call_alone() {
        let mut media = Media::default();
        media.start_camera(FIRST);
        media.opened(FIRST);
        assert_eq!(media.answer(false), [Effect::CloseDevice(Device::Camera)]);
        let request = RequestId(2);
        assert_eq!(
            media.for_call(request),
            [Effect::OpenDevices {
                request,
                camera: false,
                microphone: true
            }]
        );
        media.opened(request);
        media.calls_over();
        let request = RequestId(3);
        assert_eq!(
            media.for_call(request),
            [Effect::OpenDevices {
                request,
                camera: true,
                microphone: true
            }]
        );
    }

    #[test]
    fn muting_outside_a_call_gives_the_microphone_back() {
        let mut media = Media::default();
        media.unmute(FIRST);
        media.opened(FIRST);
        assert_eq!(media.mute(true), [Effect::EnableMicrophone(false)]);
        assert_eq!(media.mute(false), [Effect::CloseDevice(Device::Microphone)]);
    }

    #[test]
    fn a_device_that_comes_after_it_was_turned_off_is_not_taken_for_on() {
        let mut media = Media::default();
        media.start_camera(FIRST);
        assert_eq!(media.stop_camera(), [Effect::CloseDevice(Device::Camera)]);
        assert_eq!(media.opened(FIRST), []);
        assert_eq!(
            media.failed(FIRST, MediaError::NotAllowed, requests()),
            Failure::Stale
        );
    }
}
