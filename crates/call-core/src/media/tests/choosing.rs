//! Devices that the user chooses, and devices that go.

use super::*;

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
