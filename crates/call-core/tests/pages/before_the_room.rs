//! The page before a room, with its devices.

use call_core::{
    Beginning, Core, Device, DeviceEvent, DeviceIntent, DeviceOrder, DeviceView, Effect, Event, MediaError,
    Moment, OpenDevice, PageEvent, PageView, RequestId, RoomIntent, StoreOrder, TrackSettings,
};

use crate::page::{Page, ann, seat};

#[test]
fn devices_open_before_the_room_stay_open_into_it_and_go_when_the_user_turns_back() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    let both = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Devices(DeviceOrder::Open {
                request,
                camera: Some(_),
                microphone: Some(_),
            }) => Some(*request),
            _ => None,
        })
    };
    let request = both(&effects).expect("both are asked for");
    let open = [Device::Camera, Device::Microphone].map(|device| OpenDevice {
        device,
        id: "1".to_owned(),
        label: "One".to_owned(),
        settings: TrackSettings::default(),
    });
    page.event(Event::Devices(DeviceEvent::Opened {
        request,
        open: open.into(),
    }));
    let effects = page.wish(RoomIntent::EnterPrepared);
    let devices = |effect: &&Effect| {
        matches!(
            effect,
            Effect::Devices(
                DeviceOrder::Open { .. } | DeviceOrder::Close(_) | DeviceOrder::EnableMicrophone(_)
            )
        )
    };
    assert_eq!(effects.iter().find(devices), None, "nothing is opened anew");
    let effects = page.wish(RoomIntent::Leave);
    for device in [Device::Camera, Device::Microphone] {
        assert!(effects.contains(&Effect::Devices(DeviceOrder::Close(device))));
    }
}

#[test]
fn what_was_refused_before_a_room_is_not_asked_for_again_on_the_way_in() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    let mut asked: Vec<RequestId> = requests(&effects);
    assert_eq!(asked.len(), 1);
    while let Some(request) = asked.pop() {
        let error = MediaError::NotAllowed;
        asked.extend(requests(
            &page.event(Event::Devices(DeviceEvent::Failed { request, error })),
        ));
    }
    assert_eq!(
        page.0.view().media.camera,
        DeviceView::Failed(MediaError::NotAllowed)
    );
    assert_eq!(requests(&page.wish(RoomIntent::EnterPrepared)), []);
}

/// The requests for devices among effects.
fn requests(effects: &[Effect]) -> Vec<RequestId> {
    let request = |effect: &Effect| match effect {
        Effect::Devices(DeviceOrder::Open { request, .. }) => Some(*request),
        _ => None,
    };
    effects.iter().filter_map(request).collect()
}

#[test]
fn a_page_loaded_anew_goes_straight_in_and_opens_what_the_user_has_on() {
    let (page, effects) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    assert!(matches!(page.page(), PageView::Entering { .. }));
    assert_eq!(requests(&effects).len(), 1);
}

#[test]
fn what_the_user_turned_off_before_a_room_is_kept_for_the_next_visit() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.wish(DeviceIntent::StopCamera);
    let effects = page.wish(DeviceIntent::MuteMicrophone);
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::Store(StoreOrder::DeviceChoices(choices)) => Some(choices.clone()),
        _ => None,
    });
    let kept = kept.expect("the choice is kept");
    assert!(!kept.camera_on && !kept.microphone_on);
    let effects = Core::new().handle(
        Moment::default(),
        Event::Page(PageEvent::Started(Box::new(Beginning {
            path: "/room/r".to_owned(),
            session: Some(ann()),
            room: None,
            seat: None,
            devices: kept,
        })))
        .into(),
    );
    let opens = |effect: &Effect| matches!(effect, Effect::Devices(DeviceOrder::Open { .. }));
    assert!(!effects.iter().any(opens), "nothing is turned on");
}

#[test]
fn the_level_of_the_microphone_is_shown_before_the_room_and_costs_nothing_in_it() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    let metered = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Devices(DeviceOrder::Meter(every)) => Some(every.is_some()),
            _ => None,
        })
    };
    assert_eq!(metered(&effects), None, "there is nothing to measure yet");
    let effects = page.event(Event::Devices(DeviceEvent::Opened {
        request: effects
            .iter()
            .find_map(|effect| match effect {
                Effect::Devices(DeviceOrder::Open { request, .. }) => Some(*request),
                _ => None,
            })
            .expect("devices are asked for"),
        open: vec![OpenDevice {
            device: Device::Microphone,
            id: "1".to_owned(),
            label: "One".to_owned(),
            settings: TrackSettings::default(),
        }],
    }));
    assert_eq!(metered(&effects), Some(true));
    page.event(Event::Devices(DeviceEvent::MicrophoneLevel(40)));
    assert_eq!(page.0.view().level, 40);
    let effects = page.wish(RoomIntent::EnterPrepared);
    assert_eq!(metered(&effects), Some(false));
    assert_eq!(page.0.view().level, 0);
}
