//! The page before a room, with its devices.

use call_core::{
    Core, Device, DeviceEvent, DeviceIntent, DeviceOrder, DeviceView, Effect, Event, MediaError, Moment,
    OpenDevice, PageEvent, PageView, RequestId, RoomIntent, Startup, StoreOrder, TrackSettings,
};

use crate::page::{Page, ann, seat};

#[test]
fn devices_stay_open_into_the_room_and_close_on_leaving() {
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
    let request = both(&effects).expect("a request for both");
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
    assert_eq!(effects.iter().find(devices), None, "no device is opened again");
    let effects = page.wish(RoomIntent::Leave);
    for device in [Device::Camera, Device::Microphone] {
        assert!(effects.contains(&Effect::Devices(DeviceOrder::Close(device))));
    }
}

#[test]
fn refused_devices_are_not_requested_again_on_entering() {
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

/// The requests for devices among the effects.
fn requests(effects: &[Effect]) -> Vec<RequestId> {
    let request = |effect: &Effect| match effect {
        Effect::Devices(DeviceOrder::Open { request, .. }) => Some(*request),
        _ => None,
    };
    effects.iter().filter_map(request).collect()
}

#[test]
fn reload_enters_directly_and_opens_devices() {
    let (page, effects) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    assert!(matches!(page.page(), PageView::Entering { .. }));
    assert_eq!(requests(&effects).len(), 1);
}

#[test]
fn devices_turned_off_stay_off_on_the_next_visit() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.wish(DeviceIntent::StopCamera);
    let effects = page.wish(DeviceIntent::MuteMicrophone);
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::Store(StoreOrder::DeviceChoices(choices)) => Some(choices.clone()),
        _ => None,
    });
    let kept = kept.expect("the choice is stored");
    assert!(!kept.camera_on && !kept.microphone_on);
    let effects = Core::new().handle(
        Moment::default(),
        Event::Page(PageEvent::Started(Box::new(Startup {
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
fn microphone_level_is_measured_only_before_the_room() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    let metered = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Devices(DeviceOrder::Meter(every)) => Some(every.is_some()),
            _ => None,
        })
    };
    assert_eq!(metered(&effects), None, "nothing to measure yet");
    let effects = page.event(Event::Devices(DeviceEvent::Opened {
        request: effects
            .iter()
            .find_map(|effect| match effect {
                Effect::Devices(DeviceOrder::Open { request, .. }) => Some(*request),
                _ => None,
            })
            .expect("a request for devices"),
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
