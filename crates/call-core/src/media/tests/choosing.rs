//! Devices that the user chooses, and devices that stop by themselves.

use super::*;

#[test]
fn chosen_device_replaces_the_current_one_once_open() {
    let mut media = prepared();
    assert_eq!(
        media.choose(DeviceKind::Camera, "back", SECOND),
        [asks(SECOND, Some(exactly("back")), None)]
    );
    assert!(media.camera_on(), "the old one sends meanwhile");
    let opened = media.opened(SECOND, vec![open(Device::Camera, "back")]);
    assert_eq!(devices(&opened), [Device::Camera]);
    assert_eq!(media.view().selected.camera.as_deref(), Some("back"));
    let kept = media.choices().camera.clone();
    assert_eq!(kept.map(|kept| kept.label).as_deref(), Some("BACK"));
}

#[test]
fn device_chosen_while_off_opens_when_turned_on() {
    let mut media = prepared();
    media.stop_camera();
    assert_eq!(media.choose(DeviceKind::Camera, "back", SECOND), []);
    assert_eq!(
        media.start_camera(THIRD),
        [asks(THIRD, Some(exactly("back")), None)]
    );
}

#[test]
fn unlisted_device_cannot_be_chosen() {
    let mut media = prepared();
    assert_eq!(media.choose(DeviceKind::Camera, "nowhere", SECOND), []);
    assert_eq!(media.choices().camera, None);
}

#[test]
fn busy_camera_is_retried_alone_and_then_restored() {
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
fn choice_that_fails_keeps_the_current_device() {
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
fn lost_device_is_replaced_by_another() {
    let mut media = prepared();
    assert_eq!(media.lost(Device::Camera, SECOND), [asks(SECOND, ANY, None)]);
    assert!(!media.camera_on());
    let opened = media.opened(SECOND, vec![open(Device::Camera, "back")]);
    assert_eq!(opened[0].replaced, Some(("FRONT".to_owned(), "BACK".to_owned())));
    assert!(media.camera_on());
}

#[test]
fn chosen_device_that_comes_back_does_not_take_over() {
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
fn lost_device_without_another_is_off_and_reported() {
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
fn stored_choice_is_found_by_name_once_and_opened() {
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
    // A browser that opens another device again is not asked a second time.
    media.opened(NEXT, vec![open(Device::Camera, "front")]);
    assert_eq!(media.list(cameras.into()), []);
}
