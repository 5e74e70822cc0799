//! The system's default devices, and muting by the system.

use super::*;

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
fn new_system_default_replaces_the_current_device() {
    let mut media = by_system();
    let follows = media.list(preferring("headset"));
    assert_eq!(follows, [asks(NEXT, None, Some(exactly("headset")))]);
    assert_eq!(media.speaker_followed().as_deref(), Some("HEADSET"));
    assert_eq!(media.list(preferring("headset")), [], "once");
    assert_eq!(media.speaker_followed(), None, "once");
    assert!(media.heard(), "the old one sends meanwhile");
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
fn chosen_device_does_not_follow_the_system_default() {
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
fn device_that_is_off_follows_when_turned_on() {
    let mut media = by_system();
    media.mute(false);
    assert_eq!(media.list(preferring("headset")), []);
    let turned_on = media.unmute(SECOND);
    assert!(turned_on.contains(&asks(SECOND, None, ANY)));
}

#[test]
fn without_a_default_entry_the_first_is_followed_from_first() {
    let cameras = |ids: &[&str]| -> Vec<_> { ids.iter().map(|id| listed(DeviceKind::Camera, id)).collect() };
    let mut media = prepared();
    assert_eq!(media.list(cameras(&["front", "back", "new"])), []);
    let follows = media.list(cameras(&["new", "front", "back"]));
    assert_eq!(follows, [asks(NEXT, Some(exactly("new")), None)]);

    // The browser opened another device than the first, as on a phone: then the order of the list means nothing.
    let mut media: Driven<Media> = Driven::default();
    media.prepare(FIRST);
    media.opened(FIRST, both());
    media.list(cameras(&["back", "front"]));
    assert_eq!(media.list(cameras(&["new", "back", "front"])), []);
}

#[test]
fn default_that_fails_keeps_the_current_device() {
    let mut media = by_system();
    media.list(preferring("headset"));
    let failed = media.failed(NEXT, MediaError::NotAllowed);
    assert_eq!(failed, (Failure::Kept(Device::Microphone), vec![]));
    assert!(media.heard());
}

#[test]
fn stored_default_entry_counts_as_the_systems_choice() {
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
fn second_of_two_with_the_same_name_is_stored_as_second() {
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
fn device_muted_by_the_system_stays_on_and_sends_nothing() {
    let mut media = prepared();
    for device in [Device::Camera, Device::Microphone] {
        assert!(media.mute_by_system(device, true));
        assert!(!media.mute_by_system(device, true), "no change");
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
    assert!(media.heard(), "opened again");

    media.mute_by_system(Device::Camera, true);
    assert_eq!(media.start_camera(THIRD), [asks(THIRD, ANY, None)]);
    let mut dark = open(Device::Camera, "front");
    dark.settings.muted = true;
    media.opened(THIRD, vec![dark]);
    assert!(!media.camera_on(), "the switch of the device is still off");
    assert_eq!(
        media.stop_camera(),
        [Effect::Devices(DeviceOrder::Close(Device::Camera))]
    );
    assert!(!media.mute_by_system(Device::Camera, true), "it is off");
    assert!(!media.mute_by_system(Device::Camera, false));
}
