//! The meter: it follows the microphone, muted or not, and releases it when measuring stops.

use std::time::Duration;

use call_core::{Device, DeviceEvent, DeviceOrder, DevicePick, Effect, Event, RequestId};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::devices::{open, opened};
use crate::probe;
use crate::support::{Log, shell, until};

const OFTEN: Effect = Effect::Devices(DeviceOrder::Meter(Some(Duration::from_millis(50))));

fn levels(log: &Log) -> Vec<u8> {
    let level = |event: Event| match event {
        Event::Devices(DeviceEvent::MicrophoneLevel(level)) => Some(level),
        _ => None,
    };
    log.events().into_iter().filter_map(level).collect()
}

/// Waits until the level was loud and silent again: the fake microphone plays 440 Hz at -10 dBFS for 1.5 s,
/// then silence for half a second (`tone.wav`).
async fn moves(log: &Log) {
    let before = levels(log).len();
    until("a loud and a silent level", || {
        let since = &levels(log)[before..];
        since.iter().any(|level| *level > 20) && since.contains(&0)
    })
    .await;
}

#[wasm_bindgen_test]
async fn measures_muted_microphone_and_releases_it() {
    let (mut shell, log) = shell();
    shell.execute(open(1, false, true));
    opened(&log, 1).await;
    shell.execute(OFTEN);
    assert_eq!(
        (probe::microphones(), probe::sounds()),
        (2, 1),
        "a clone of its own"
    );
    moves(&log).await;
    shell.execute(Effect::Devices(DeviceOrder::EnableMicrophone(false)));
    assert_eq!(probe::heard(), 1, "only the clone");
    moves(&log).await;

    shell.execute(Effect::Devices(DeviceOrder::Meter(None)));
    assert_eq!(probe::microphones(), 1);
    until("the audio device to be released", || probe::sounds() == 0).await;
    let told = levels(&log).len();
    shell.execute(OFTEN);
    until("new levels", || levels(&log).len() > told).await;
    drop(shell);
    assert_eq!(probe::microphones(), 0);
    until("everything to be released", || probe::sounds() == 0).await;
}

#[wasm_bindgen_test]
async fn follows_replaced_microphone() {
    let (mut shell, log) = shell();
    shell.execute(open(1, false, true));
    let first = opened(&log, 1).await[0].id.clone();
    shell.execute(OFTEN);
    shell.execute(Effect::Devices(DeviceOrder::Open {
        request: RequestId(2),
        camera: None,
        microphone: Some(DevicePick(Some(first))),
    }));
    opened(&log, 2).await;
    let given = probe::given();
    until("a clone of the new track, and none of the old", || {
        probe::given() == given + 1 && probe::microphones() == 2
    })
    .await;
    moves(&log).await;
    shell.execute(Effect::Devices(DeviceOrder::Close(Device::Microphone)));
    until("the clone to be stopped", || probe::microphones() == 0).await;
}
