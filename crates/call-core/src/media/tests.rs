//! Requests to the browser and their outcomes.

mod choosing;
mod system;

use super::outcome::Opened;
use super::*;
use crate::turn::tests::Driven;
use crate::{DeviceOrder, Effect, TrackSettings};

const FIRST: RequestId = RequestId(1);

const SECOND: RequestId = RequestId(2);

const THIRD: RequestId = RequestId(3);

/// Id of a request that follows from an answer or a list.
const NEXT: RequestId = RequestId(11);

impl Driven<Media> {
    fn prepare(&mut self, request: RequestId) -> Vec<Effect> {
        self.take(Turn::numbered(request), Media::prepare).1
    }

    fn for_call(&mut self, request: RequestId) -> Vec<Effect> {
        self.take(Turn::numbered(request), Media::for_call).1
    }

    fn answer(&mut self, camera: bool) -> Vec<Effect> {
        let (went_off, effects) = self.take(Turn::numbered(NEXT), |media, turn| media.answer(turn, camera));
        assert_eq!(went_off, !effects.is_empty());
        effects
    }

    fn start_camera(&mut self, request: RequestId) -> Vec<Effect> {
        self.take(Turn::numbered(request), Media::start_camera).1
    }

    fn stop_camera(&mut self) -> Vec<Effect> {
        self.act(Media::stop_camera)
    }

    fn unmute(&mut self, request: RequestId) -> Vec<Effect> {
        self.take(Turn::numbered(request), Media::unmute).1
    }

    fn mute(&mut self, in_call: bool) -> Vec<Effect> {
        self.take(Turn::numbered(NEXT), |media, turn| media.mute(turn, in_call))
            .1
    }

    fn calls_over(&mut self) -> Vec<Effect> {
        self.act(Media::calls_over)
    }

    fn leave(&mut self) -> Vec<Effect> {
        self.act(Media::leave)
    }

    fn choose(&mut self, kind: DeviceKind, id: &str, request: RequestId) -> Vec<Effect> {
        self.take(Turn::numbered(request), |media, turn| {
            media.choose(turn, kind, id);
        })
        .1
    }

    fn list(&mut self, listed: Vec<ListedDevice>) -> Vec<Effect> {
        let (opens, effects) = self.take(Turn::numbered(NEXT), |media, turn| media.list(turn, listed));
        assert_eq!(opens, !effects.is_empty());
        effects
    }

    fn failed(&mut self, request: RequestId, error: MediaError) -> (Failure, Vec<Effect>) {
        self.take(Turn::numbered(NEXT), |media, turn| {
            media.failed(turn, request, error)
        })
    }

    fn lost(&mut self, device: Device, request: RequestId) -> Vec<Effect> {
        let (was_on, effects) = self.take(Turn::numbered(request), |media, turn| media.lost(turn, device));
        assert_eq!(was_on, !effects.is_empty());
        effects
    }
}

fn open(device: Device, id: &str) -> OpenDevice {
    OpenDevice {
        device,
        id: id.to_owned(),
        label: id.to_uppercase(),
        settings: TrackSettings::default(),
    }
}

fn listed(kind: DeviceKind, id: &str) -> ListedDevice {
    ListedDevice {
        kind,
        id: id.to_owned(),
        label: id.to_uppercase(),
        group: String::new(),
    }
}

fn both() -> Vec<OpenDevice> {
    vec![open(Device::Camera, "front"), open(Device::Microphone, "desk")]
}

fn asks(request: RequestId, camera: Option<DevicePick>, microphone: Option<DevicePick>) -> Effect {
    Effect::Devices(DeviceOrder::Open {
        request,
        camera,
        microphone,
    })
}

const ANY: Option<DevicePick> = Some(DevicePick(None));

/// Both devices on, and a second camera in the list.
fn prepared() -> Driven<Media> {
    let mut media: Driven<Media> = Driven::default();
    media.prepare(FIRST);
    media.opened(FIRST, both());
    let cameras = ["front", "back"].map(|id| listed(DeviceKind::Camera, id));
    assert_eq!(media.list(cameras.into()), []);
    media
}

fn devices(opened: &[Opened]) -> Vec<Device> {
    opened.iter().map(|opened| opened.device).collect()
}

/// A list as Chromium gives it, with one microphone and one speaker as the system's default.
fn preferring(preferred: &str) -> Vec<ListedDevice> {
    let kinds = [DeviceKind::Microphone, DeviceKind::Speaker];
    let entry = |kind| ListedDevice {
        label: format!("Default - {}", preferred.to_uppercase()),
        ..listed(kind, "default")
    };
    let of = |kind| [entry(kind), listed(kind, "desk"), listed(kind, "headset")];
    kinds.into_iter().flat_map(of).collect()
}

fn exactly(id: &str) -> DevicePick {
    DevicePick(Some(id.to_owned()))
}

#[test]
fn one_request_before_the_room_and_none_for_a_call() {
    let mut media: Driven<Media> = Driven::default();
    assert_eq!(media.prepare(FIRST), [asks(FIRST, ANY, ANY)]);
    assert_eq!(
        media.for_call(SECOND),
        [],
        "while they start, nothing is requested"
    );
    let opened = media.opened(FIRST, both());
    assert_eq!(devices(&opened), [Device::Camera, Device::Microphone]);
    assert_eq!(media.prepare(SECOND), []);
    assert_eq!(media.for_call(SECOND), []);
    assert_eq!(media.calls_over(), [], "what the user has on stays on");
    assert!(media.camera_on() && media.heard());
    assert_eq!(
        media.leave(),
        [
            Effect::Devices(DeviceOrder::Close(Device::Microphone)),
            Effect::Devices(DeviceOrder::Close(Device::Camera))
        ]
    );
}

#[test]
fn call_does_not_turn_on_what_the_user_turned_off() {
    let mut media: Driven<Media> = Driven::default();
    media.stop_camera();
    media.mute(false);
    assert_eq!(media.prepare(FIRST), []);
    // The microphone sends silence, so that unmuting takes effect at once.
    assert_eq!(media.for_call(FIRST), [asks(FIRST, None, ANY)]);
    media.opened(FIRST, vec![open(Device::Microphone, "desk")]);
    assert!(!media.heard());
    assert_eq!(
        media.unmute(SECOND),
        [Effect::Devices(DeviceOrder::EnableMicrophone(true))]
    );
    assert!(media.heard());
}

#[test]
fn muted_microphone_goes_off_with_the_call() {
    let mut media = prepared();
    assert_eq!(
        media.mute(true),
        [Effect::Devices(DeviceOrder::EnableMicrophone(false))]
    );
    assert_eq!(
        media.calls_over(),
        [Effect::Devices(DeviceOrder::Close(Device::Microphone))]
    );
    media.unmute(SECOND);
    media.opened(SECOND, vec![open(Device::Microphone, "desk")]);
    assert_eq!(
        media.mute(false),
        [
            Effect::Devices(DeviceOrder::EnableMicrophone(false)),
            Effect::Devices(DeviceOrder::Close(Device::Microphone))
        ]
    );
}

#[test]
fn answer_without_camera_does_not_change_the_stored_choice() {
    let mut media = prepared();
    assert_eq!(
        media.answer(false),
        [Effect::Devices(DeviceOrder::Close(Device::Camera))]
    );
    assert!(media.choices().camera_on);
    assert_eq!(media.for_call(SECOND), [], "and it stays off on this visit");
    media.leave();
    assert_eq!(media.prepare(THIRD), [asks(THIRD, ANY, ANY)]);
    media.stop_camera();
    assert!(!media.choices().camera_on);
}

#[test]
fn camera_of_an_answer_goes_off_with_the_call() {
    let mut media: Driven<Media> = Driven::default();
    media.stop_camera();
    media.prepare(FIRST);
    media.opened(FIRST, vec![open(Device::Microphone, "desk")]);
    media.answer(true);
    assert_eq!(media.for_call(SECOND), [asks(SECOND, ANY, None)]);
    media.opened(SECOND, vec![open(Device::Camera, "front")]);
    assert_eq!(
        media.calls_over(),
        [Effect::Devices(DeviceOrder::Close(Device::Camera))]
    );
    assert!(!media.choices().camera_on);
}

#[test]
fn without_a_camera_the_microphone_opens_alone() {
    let mut media: Driven<Media> = Driven::default();
    media.prepare(FIRST);
    let failure = media.failed(FIRST, MediaError::NotFound);
    assert_eq!(
        failure,
        (
            Failure::Retry,
            vec![asks(NEXT, None, ANY), asks(RequestId(12), ANY, None)]
        )
    );
    let opened = media.opened(NEXT, vec![open(Device::Microphone, "desk")]);
    assert_eq!(devices(&opened), [Device::Microphone]);
    assert_eq!(
        media.failed(RequestId(12), MediaError::NotFound),
        (Failure::Of(Device::Camera), vec![])
    );
    assert!(media.heard());
    assert_eq!(media.view().camera, DeviceView::Failed(MediaError::NotFound));
}

#[test]
fn device_that_opens_after_it_was_turned_off_stays_off() {
    let mut media: Driven<Media> = Driven::default();
    media.start_camera(FIRST);
    assert_eq!(
        media.stop_camera(),
        [Effect::Devices(DeviceOrder::Close(Device::Camera))]
    );
    assert_eq!(media.opened(FIRST, both()), []);
    assert_eq!(
        media.failed(FIRST, MediaError::NotAllowed),
        (Failure::Stale, vec![])
    );
}
