//! What is asked of the browser, and what it comes to.

use super::*;
use crate::turn::tests::Driven;
use crate::{DeviceOrder, Effect, TrackSettings};

const FIRST: RequestId = RequestId(1);
const SECOND: RequestId = RequestId(2);
const THIRD: RequestId = RequestId(3);

/// The request that follows by itself.
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

fn exactly(id: &str) -> DevicePick {
    DevicePick(Some(id.to_owned()))
}

/// Both devices on, and a second camera there to be chosen.
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

#[test]
fn both_are_asked_for_at_once_before_the_room_and_a_call_asks_for_nothing_more() {
    let mut media: Driven<Media> = Driven::default();
    assert_eq!(media.prepare(FIRST), [asks(FIRST, ANY, ANY)]);
    assert_eq!(
        media.for_call(SECOND),
        [],
        "while they start, nothing is asked again"
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
fn what_the_user_chose_to_have_off_is_not_turned_on_by_a_call() {
    let mut media: Driven<Media> = Driven::default();
    media.stop_camera();
    media.mute(false);
    assert_eq!(media.prepare(FIRST), []);
    // The microphone sends silence, so that the user is heard at once when they want to be.
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
fn a_microphone_that_only_sent_silence_goes_off_with_the_call() {
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
fn what_is_kept_from_visit_to_visit_is_what_the_user_said_not_how_one_call_was_answered() {
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
fn a_camera_that_only_answered_goes_off_with_the_call() {
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
fn without_a_camera_the_microphone_is_still_asked_for_alone() {
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
fn a_device_that_comes_after_it_was_turned_off_is_not_taken_for_on() {
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

#[test]
fn a_device_that_is_chosen_takes_the_place_of_the_one_that_is_on_once_it_is_open() {
    let mut media = prepared();
    assert_eq!(
        media.choose(DeviceKind::Camera, "back", SECOND),
        [asks(SECOND, Some(exactly("back")), None)]
    );
    assert!(media.camera_on(), "the old one is seen meanwhile");
    let opened = media.opened(SECOND, vec![open(Device::Camera, "back")]);
    assert_eq!(devices(&opened), [Device::Camera]);
    assert_eq!(media.view().selected.camera.as_deref(), Some("back"));
    let kept = media.choices().camera.clone();
    assert_eq!(kept.map(|kept| kept.label).as_deref(), Some("BACK"));
}

#[test]
fn a_device_that_is_chosen_while_its_kind_is_off_is_opened_when_it_is_wanted() {
    let mut media = prepared();
    media.stop_camera();
    assert_eq!(media.choose(DeviceKind::Camera, "back", SECOND), []);
    assert_eq!(
        media.start_camera(THIRD),
        [asks(THIRD, Some(exactly("back")), None)]
    );
}

#[test]
fn what_is_not_there_cannot_be_chosen() {
    let mut media = prepared();
    assert_eq!(media.choose(DeviceKind::Camera, "nowhere", SECOND), []);
    assert_eq!(media.choices().camera, None);
}

#[test]
fn where_one_camera_opens_at_a_time_the_old_one_is_closed_first_and_comes_back_if_that_fails_too() {
    let mut media = prepared();
    media.choose(DeviceKind::Camera, "back", SECOND);
    let failure = media.failed(SECOND, MediaError::NotReadable);
    let again = NEXT;
    assert_eq!(
        failure,
        (
            Failure::Retry,
            vec![
                Effect::Devices(DeviceOrder::Close(Device::Camera)),
                asks(again, Some(exactly("back")), None)
            ]
        )
    );
    assert!(!media.camera_on());
    let failure = media.failed(again, MediaError::NotReadable);
    let back = vec![asks(again, Some(exactly("front")), None)];
    assert_eq!(failure, (Failure::Kept(Device::Camera), back));
    media.opened(again, vec![open(Device::Camera, "front")]);
    assert!(media.camera_on());
    assert_eq!(media.choices().camera, None, "the choice that failed is not kept");
}

#[test]
fn a_choice_that_cannot_be_opened_leaves_the_one_that_is_on() {
    let mut media = prepared();
    media.choose(DeviceKind::Camera, "back", SECOND);
    assert_eq!(
        media.failed(SECOND, MediaError::NotAllowed),
        (Failure::Kept(Device::Camera), vec![])
    );
    assert!(media.camera_on());
    assert_eq!(media.view().selected.camera.as_deref(), Some("front"));
}

#[test]
fn another_device_takes_the_place_of_one_that_goes_by_itself() {
    let mut media = prepared();
    assert_eq!(media.lost(Device::Camera, SECOND), [asks(SECOND, ANY, None)]);
    assert!(!media.camera_on());
    let opened = media.opened(SECOND, vec![open(Device::Camera, "back")]);
    assert_eq!(opened[0].replaced, Some(("FRONT".to_owned(), "BACK".to_owned())));
    assert!(media.camera_on());
}

#[test]
fn a_chosen_device_that_comes_back_is_there_to_be_chosen_and_takes_nothing_over() {
    let mut media = prepared();
    let cameras = ["front", "back"].map(|id| listed(DeviceKind::Camera, id));
    media.choose(DeviceKind::Camera, "back", SECOND);
    media.opened(SECOND, vec![open(Device::Camera, "back")]);
    media.lost(Device::Camera, THIRD);
    media.opened(THIRD, vec![open(Device::Camera, "front")]);
    assert_eq!(media.list(vec![cameras[0].clone()]), []);
    assert_eq!(media.list(cameras.into()), []);
    assert_eq!(media.view().selected.camera.as_deref(), Some("front"));
    media.stop_camera();
    let again = RequestId(4);
    assert_eq!(
        media.start_camera(again),
        [asks(again, Some(exactly("back")), None)],
        "it is still the one that was chosen"
    );
}

#[test]
fn one_that_goes_without_another_is_off_and_told() {
    let mut media = prepared();
    media.lost(Device::Microphone, SECOND);
    assert_eq!(
        media.failed(SECOND, MediaError::NotFound),
        (Failure::Gone(Device::Microphone), vec![])
    );
    assert_eq!(media.view().microphone, DeviceView::Off);
    assert_eq!(media.lost(Device::Microphone, THIRD), [], "it is off already");
}

#[test]
fn a_choice_of_an_earlier_visit_is_found_by_its_name_once_names_are_told_and_asked_for_once() {
    let mut media: Driven<Media> = Driven::default();
    media.remember(DeviceChoices {
        camera: Some(ChosenDevice {
            id: "old".to_owned(),
            label: "BACK".to_owned(),
            place: 0,
        }),
        ..DeviceChoices::default()
    });
    assert_eq!(media.prepare(FIRST), [asks(FIRST, Some(exactly("old")), ANY)]);
    media.opened(FIRST, both());
    let cameras = ["front", "back"].map(|id| listed(DeviceKind::Camera, id));
    let found = media.list(cameras.clone().into());
    assert_eq!(found, [asks(NEXT, Some(exactly("back")), None)]);
    // A browser that gives another one all the same is not asked for ever.
    media.opened(NEXT, vec![open(Device::Camera, "front")]);
    assert_eq!(media.list(cameras.into()), []);
}

/// A list in Chromium's manner, by which the system prefers one microphone and one speaker.
fn preferring(preferred: &str) -> Vec<ListedDevice> {
    let kinds = [DeviceKind::Microphone, DeviceKind::Speaker];
    let entry = |kind| ListedDevice {
        label: format!("Default - {}", preferred.to_uppercase()),
        ..listed(kind, "default")
    };
    let of = |kind| [entry(kind), listed(kind, "desk"), listed(kind, "headset")];
    kinds.into_iter().flat_map(of).collect()
}

/// Both devices on, by the system's choice.
fn by_system() -> Driven<Media> {
    let mut media: Driven<Media> = Driven::default();
    media.prepare(FIRST);
    let microphone = OpenDevice {
        label: "Default - DESK".to_owned(),
        ..open(Device::Microphone, "default")
    };
    media.opened(FIRST, vec![open(Device::Camera, "front"), microphone]);
    assert_eq!(media.list(preferring("desk")), []);
    assert_eq!(media.speaker_followed(), None, "nothing changed yet");
    media
}

#[test]
fn another_default_of_the_system_takes_the_place_of_the_one_that_is_on() {
    let mut media = by_system();
    let follows = media.list(preferring("headset"));
    assert_eq!(follows, [asks(NEXT, None, Some(exactly("headset")))]);
    assert_eq!(media.speaker_followed().as_deref(), Some("HEADSET"));
    assert_eq!(media.list(preferring("headset")), [], "once");
    assert_eq!(media.speaker_followed(), None, "once");
    assert!(media.heard(), "the old one is heard meanwhile");
    let opened = media.opened(NEXT, vec![open(Device::Microphone, "headset")]);
    assert_eq!(opened[0].followed.as_deref(), Some("HEADSET"));
    assert!(
        media.view().by_system.microphone,
        "the choice is still the system's"
    );
    let back = media.list(preferring("desk"));
    assert_eq!(back, [asks(NEXT, None, Some(exactly("desk")))]);
}

#[test]
fn a_device_that_the_user_chose_follows_nothing() {
    let mut media = by_system();
    media.choose(DeviceKind::Microphone, "desk", SECOND);
    media.opened(SECOND, vec![open(Device::Microphone, "desk")]);
    media.choose(DeviceKind::Speaker, "desk", SECOND);
    assert_eq!(media.list(preferring("headset")), []);
    assert_eq!(media.speaker_followed(), None);

    assert_eq!(
        media.choose(DeviceKind::Microphone, "", THIRD),
        [asks(THIRD, None, ANY)],
        "until it is left to the system again"
    );
    media.choose(DeviceKind::Speaker, "", THIRD);
    let kept = media.choices();
    assert_eq!((&kept.microphone, &kept.speaker), (&None, &None));
}

#[test]
fn one_that_is_off_follows_when_it_is_turned_on() {
    let mut media = by_system();
    media.mute(false);
    assert_eq!(media.list(preferring("headset")), []);
    let turned_on = media.unmute(SECOND);
    assert!(turned_on.contains(&asks(SECOND, None, ANY)));
}

#[test]
fn without_an_entry_of_its_own_the_first_counts_for_who_had_the_first() {
    let cameras = |ids: &[&str]| -> Vec<_> { ids.iter().map(|id| listed(DeviceKind::Camera, id)).collect() };
    let mut media = prepared();
    assert_eq!(media.list(cameras(&["front", "back", "new"])), []);
    let follows = media.list(cameras(&["new", "front", "back"]));
    assert_eq!(follows, [asks(NEXT, Some(exactly("new")), None)]);

    // The browser took another than the first, as on a phone: the order says nothing of it.
    let mut media: Driven<Media> = Driven::default();
    media.prepare(FIRST);
    media.opened(FIRST, both());
    media.list(cameras(&["back", "front"]));
    assert_eq!(media.list(cameras(&["new", "back", "front"])), []);
}

#[test]
fn a_default_that_cannot_be_opened_leaves_the_one_that_is_on() {
    let mut media = by_system();
    media.list(preferring("headset"));
    let failed = media.failed(NEXT, MediaError::NotAllowed);
    assert_eq!(failed, (Failure::Kept(Device::Microphone), vec![]));
    assert!(media.heard());
}

#[test]
fn a_default_that_was_kept_as_a_device_is_the_systems_choice() {
    let mut media: Driven<Media> = Driven::default();
    media.remember(DeviceChoices {
        microphone: Some(ChosenDevice {
            id: "default".to_owned(),
            label: "Default - DESK".to_owned(),
            place: 0,
        }),
        ..DeviceChoices::default()
    });
    assert_eq!(media.prepare(FIRST), [asks(FIRST, ANY, ANY)]);
}

#[test]
fn the_second_of_two_by_one_name_is_kept_as_such() {
    let two = ["a", "b"].map(|id| ListedDevice {
        label: "Web".to_owned(),
        ..listed(DeviceKind::Camera, id)
    });
    let mut media: Driven<Media> = Driven::default();
    media.list(two.into());
    media.choose(DeviceKind::Camera, "b", FIRST);
    let kept = media.choices().camera.clone().expect("kept");
    assert_eq!((&*kept.label, kept.place), ("Web", 1));
    let shown: Vec<_> = media
        .view()
        .listed
        .into_iter()
        .map(|device| device.label)
        .collect();
    assert_eq!(shown, ["Web", "Web (2)"]);
    media.start_camera(SECOND);
    media.opened(
        SECOND,
        vec![OpenDevice {
            label: "Web".to_owned(),
            ..open(Device::Camera, "b")
        }],
    );
    assert_eq!(media.view().open[0].label, "Web (2)");
}

#[test]
fn a_device_that_the_system_mutes_sends_nothing_and_stays_on() {
    let mut media = prepared();
    for device in [Device::Camera, Device::Microphone] {
        assert!(media.mute_by_system(device, true));
        assert!(!media.mute_by_system(device, true), "that is no news");
    }
    assert!(!media.camera_on() && !media.heard());
    assert_eq!(media.view().muted_by_system, [Device::Camera, Device::Microphone]);
    assert_eq!(media.view().camera, DeviceView::On);
    assert!(media.mute_by_system(Device::Camera, false));
    assert!(media.camera_on());

    let again = media.unmute(SECOND);
    assert_eq!(
        again,
        [
            Effect::Devices(DeviceOrder::EnableMicrophone(true)),
            asks(SECOND, None, ANY)
        ]
    );
    media.opened(SECOND, vec![open(Device::Microphone, "desk")]);
    assert!(media.heard(), "opened anew");

    media.mute_by_system(Device::Camera, true);
    assert_eq!(media.start_camera(THIRD), [asks(THIRD, ANY, None)]);
    let mut dark = open(Device::Camera, "front");
    dark.settings.muted = true;
    media.opened(THIRD, vec![dark]);
    assert!(!media.camera_on(), "the switch is where it was");
    assert_eq!(
        media.stop_camera(),
        [Effect::Devices(DeviceOrder::Close(Device::Camera))]
    );
    assert!(!media.mute_by_system(Device::Camera, true), "it is off");
    assert!(!media.mute_by_system(Device::Camera, false));
}
