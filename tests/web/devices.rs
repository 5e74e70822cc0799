//! Camera and microphone: what is turned on goes off again, whatever happens in between.

use call_core::{
    Device, DeviceEvent, DeviceOrder, DevicePick, Effect, Event, Facing, MediaError, OpenDevice, RequestId,
};
use confab::platform::StreamSource;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::probe;
use crate::support::{Log, hands, until};

/// Whichever the browser prefers of each that is wanted.
pub fn open(request: u64, camera: bool, microphone: bool) -> Effect {
    Effect::Devices(DeviceOrder::Open {
        request: RequestId(request),
        camera: camera.then(DevicePick::any),
        microphone: microphone.then(DevicePick::any),
    })
}

/// Waits until a request is answered, and tells what is open.
pub async fn opened(log: &Log, request: u64) -> Vec<OpenDevice> {
    let answer = |event: &Event| match event {
        Event::Devices(DeviceEvent::Opened { request: of, open }) if *of == RequestId(request) => {
            Some(open.clone())
        }
        _ => None,
    };
    log.first("devices that are open", answer).await
}

#[wasm_bindgen_test]
async fn one_request_turns_both_devices_on_and_the_preview_holds_the_camera_alone() {
    let (mut hands, log) = hands();
    let preview = hands.streams().own().expect("a preview");
    hands.execute(open(1, true, true));
    opened(&log, 1).await;
    assert_eq!((probe::cameras(), probe::microphones()), (1, 1));
    assert_eq!(
        (
            preview.get_video_tracks().length(),
            preview.get_audio_tracks().length()
        ),
        (1, 0)
    );

    hands.execute(Effect::Devices(DeviceOrder::Close(Device::Camera)));
    assert_eq!(
        (
            probe::cameras(),
            probe::microphones(),
            preview.get_tracks().length()
        ),
        (0, 1, 0)
    );
    hands.execute(Effect::Devices(DeviceOrder::Close(Device::Microphone)));
    assert_eq!(probe::microphones(), 0);
    assert!(
        !log.events()
            .iter()
            .any(|event| matches!(event, Event::Devices(DeviceEvent::Lost(_)))),
        "they were turned off"
    );
}

#[wasm_bindgen_test]
async fn a_device_that_was_closed_while_it_was_awaited_goes_off_as_it_comes() {
    let (mut hands, log) = hands();
    hands.execute(open(1, true, true));
    hands.execute(Effect::Devices(DeviceOrder::Close(Device::Camera)));
    opened(&log, 1).await;
    assert_eq!((probe::cameras(), probe::microphones()), (0, 1));
}

#[wasm_bindgen_test]
async fn of_two_requests_for_a_device_the_newer_is_kept() {
    let (mut hands, log) = hands();
    hands.execute(open(1, true, false));
    hands.execute(Effect::Devices(DeviceOrder::Close(Device::Camera)));
    hands.execute(open(2, true, false));
    opened(&log, 1).await;
    opened(&log, 2).await;
    assert_eq!(probe::cameras(), 1);
    let preview = hands.streams().own().expect("a preview");
    assert_eq!(preview.get_tracks().length(), 1);
}

#[wasm_bindgen_test]
async fn hands_that_are_gone_leave_no_device_on() {
    let (mut hands, log) = hands();
    hands.execute(open(1, true, true));
    opened(&log, 1).await;
    let streams = hands.streams();
    drop(hands);
    assert_eq!((probe::cameras(), probe::microphones()), (0, 0));
    assert_eq!(streams.own().expect("a preview").get_tracks().length(), 0);
}

#[wasm_bindgen_test]
async fn a_device_that_comes_after_the_hands_are_gone_goes_off_as_it_comes() {
    let (mut hands, log) = hands();
    let before = probe::given();
    hands.execute(open(1, true, true));
    drop(hands);
    until("the devices come, and go off", || {
        probe::given() == before + 2 && probe::cameras() + probe::microphones() == 0
    })
    .await;
    assert_eq!(log.events(), []);
}

#[wasm_bindgen_test]
async fn a_microphone_that_comes_after_it_was_muted_is_silent_until_it_is_enabled() {
    let (mut hands, log) = hands();
    hands.execute(Effect::Devices(DeviceOrder::EnableMicrophone(false)));
    hands.execute(open(1, false, true));
    opened(&log, 1).await;
    assert_eq!((probe::microphones(), probe::heard()), (1, 0));
    hands.execute(Effect::Devices(DeviceOrder::EnableMicrophone(true)));
    assert_eq!(probe::heard(), 1);
}

#[wasm_bindgen_test]
async fn a_camera_that_stops_by_itself_is_reported_lost_and_released() {
    let (mut hands, log) = hands();
    hands.execute(open(1, true, false));
    opened(&log, 1).await;
    probe::end("video");
    assert!(log.has(&Event::Devices(DeviceEvent::Lost(Device::Camera))));
    assert_eq!(probe::cameras(), 0);
    assert_eq!(hands.streams().own().expect("a preview").get_tracks().length(), 0);
}

#[wasm_bindgen_test]
async fn a_track_that_the_system_mutes_is_reported_while_it_is_there() {
    let (mut hands, log) = hands();
    hands.execute(open(1, true, true));
    opened(&log, 1).await;
    let muted = |device, muted| Event::Devices(DeviceEvent::Muted { device, muted });
    probe::mute("audio", "mute");
    assert!(log.has(&muted(Device::Microphone, true)));
    probe::mute("audio", "unmute");
    assert!(log.has(&muted(Device::Microphone, false)));
    probe::mute("video", "mute");
    assert!(log.has(&muted(Device::Camera, true)));
    let told = log.events().len();
    hands.execute(Effect::Devices(DeviceOrder::Close(Device::Camera)));
    probe::mute("video", "unmute");
    assert_eq!(log.events().len(), told, "it is closed");
}

#[wasm_bindgen_test]
async fn each_refusal_of_the_browser_has_its_own_word() {
    let (mut hands, log) = hands();
    let refusals = [
        ("NotAllowedError", "Permission denied", MediaError::NotAllowed),
        ("NotAllowedError", "Permission dismissed", MediaError::Dismissed),
        (
            "NotAllowedError",
            "Permission denied by system",
            MediaError::BlockedBySystem,
        ),
        ("NotFoundError", "", MediaError::NotFound),
        ("NotReadableError", "", MediaError::NotReadable),
        (
            "AbortError",
            "Timeout starting video source",
            MediaError::TimedOut,
        ),
        ("OverconstrainedError", "", MediaError::Overconstrained),
        ("TypeError", "", MediaError::Other),
    ];
    for (request, (name, words, error)) in (1..).zip(refusals) {
        probe::refuse_with(name, words);
        hands.execute(open(request, true, true));
        log.until(&Event::Devices(DeviceEvent::Failed {
            request: RequestId(request),
            error,
        }))
        .await;
    }
    probe::refuse(None);
    assert_eq!((probe::cameras(), probe::microphones()), (0, 0));
}

#[wasm_bindgen_test]
async fn a_track_says_that_it_is_muted_from_the_start_and_which_way_it_looks() {
    let (mut hands, log) = hands();
    probe::claim(true, "environment");
    hands.execute(open(1, true, false));
    let opened = opened(&log, 1).await;
    let settings = &opened[0].settings;
    assert_eq!(
        (settings.muted, settings.facing),
        (true, Some(Facing::Environment))
    );
}
