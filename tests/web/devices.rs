//! Camera and microphone: an opened device is always released again.

use call_core::{
    Device, DeviceEvent, DeviceOrder, DevicePick, Effect, Event, Facing, MediaError, OpenDevice, RequestId,
};
use confab::platform::StreamSource;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::probe;
use crate::support::{Log, shell, until};

/// Opens any device of each wanted kind.
pub fn open(request: u64, camera: bool, microphone: bool) -> Effect {
    Effect::Devices(DeviceOrder::Open {
        request: RequestId(request),
        camera: camera.then(DevicePick::any),
        microphone: microphone.then(DevicePick::any),
    })
}

/// Waits for the answer to a request, and returns the open devices.
pub async fn opened(log: &Log, request: u64) -> Vec<OpenDevice> {
    let answer = |event: &Event| match event {
        Event::Devices(DeviceEvent::Opened { request: of, open }) if *of == RequestId(request) => {
            Some(open.clone())
        }
        _ => None,
    };
    log.first("open devices", answer).await
}

#[wasm_bindgen_test]
async fn one_request_opens_both_devices() {
    let (mut shell, log) = shell();
    let preview = shell.streams().own().expect("a preview");
    shell.execute(open(1, true, true));
    opened(&log, 1).await;
    assert_eq!((probe::cameras(), probe::microphones()), (1, 1));
    assert_eq!(
        (
            preview.get_video_tracks().length(),
            preview.get_audio_tracks().length()
        ),
        (1, 0)
    );

    shell.execute(Effect::Devices(DeviceOrder::Close(Device::Camera)));
    assert_eq!(
        (
            probe::cameras(),
            probe::microphones(),
            preview.get_tracks().length()
        ),
        (0, 1, 0)
    );
    shell.execute(Effect::Devices(DeviceOrder::Close(Device::Microphone)));
    assert_eq!(probe::microphones(), 0);
    assert!(
        !log.events()
            .iter()
            .any(|event| matches!(event, Event::Devices(DeviceEvent::Lost(_)))),
        "they were closed, not lost"
    );
}

#[wasm_bindgen_test]
async fn device_closed_while_pending_is_stopped() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true, true));
    shell.execute(Effect::Devices(DeviceOrder::Close(Device::Camera)));
    opened(&log, 1).await;
    assert_eq!((probe::cameras(), probe::microphones()), (0, 1));
}

#[wasm_bindgen_test]
async fn newer_of_two_requests_wins() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true, false));
    shell.execute(Effect::Devices(DeviceOrder::Close(Device::Camera)));
    shell.execute(open(2, true, false));
    opened(&log, 1).await;
    opened(&log, 2).await;
    assert_eq!(probe::cameras(), 1);
    let preview = shell.streams().own().expect("a preview");
    assert_eq!(preview.get_tracks().length(), 1);
}

#[wasm_bindgen_test]
async fn drop_stops_devices() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true, true));
    opened(&log, 1).await;
    let streams = shell.streams();
    drop(shell);
    assert_eq!((probe::cameras(), probe::microphones()), (0, 0));
    assert_eq!(streams.own().expect("a preview").get_tracks().length(), 0);
}

#[wasm_bindgen_test]
async fn device_arriving_after_drop_is_stopped() {
    let (mut shell, log) = shell();
    let before = probe::given();
    shell.execute(open(1, true, true));
    drop(shell);
    until("the devices to arrive and stop", || {
        probe::given() == before + 2 && probe::cameras() + probe::microphones() == 0
    })
    .await;
    assert_eq!(log.events(), []);
}

#[wasm_bindgen_test]
async fn microphone_muted_while_pending_is_silent() {
    let (mut shell, log) = shell();
    shell.execute(Effect::Devices(DeviceOrder::EnableMicrophone(false)));
    shell.execute(open(1, false, true));
    opened(&log, 1).await;
    assert_eq!((probe::microphones(), probe::heard()), (1, 0));
    shell.execute(Effect::Devices(DeviceOrder::EnableMicrophone(true)));
    assert_eq!(probe::heard(), 1);
}

#[wasm_bindgen_test]
async fn ended_camera_is_reported_and_released() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true, false));
    opened(&log, 1).await;
    probe::end("video");
    assert!(log.has(&Event::Devices(DeviceEvent::Lost(Device::Camera))));
    assert_eq!(probe::cameras(), 0);
    assert_eq!(shell.streams().own().expect("a preview").get_tracks().length(), 0);
}

#[wasm_bindgen_test]
async fn system_mute_is_reported() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true, true));
    opened(&log, 1).await;
    let muted = |device, muted| Event::Devices(DeviceEvent::Muted { device, muted });
    probe::mute("audio", "mute");
    assert!(log.has(&muted(Device::Microphone, true)));
    probe::mute("audio", "unmute");
    assert!(log.has(&muted(Device::Microphone, false)));
    probe::mute("video", "mute");
    assert!(log.has(&muted(Device::Camera, true)));
    let told = log.events().len();
    shell.execute(Effect::Devices(DeviceOrder::Close(Device::Camera)));
    probe::mute("video", "unmute");
    assert_eq!(log.events().len(), told, "it is closed");
}

#[wasm_bindgen_test]
async fn browser_errors_are_mapped() {
    let (mut shell, log) = shell();
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
        shell.execute(open(request, true, true));
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
async fn initial_mute_and_facing_are_read() {
    let (mut shell, log) = shell();
    probe::claim(true, "environment");
    shell.execute(open(1, true, false));
    let opened = opened(&log, 1).await;
    let settings = &opened[0].settings;
    assert_eq!(
        (settings.muted, settings.facing),
        (true, Some(Facing::Environment))
    );
}
