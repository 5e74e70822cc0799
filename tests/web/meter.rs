//! The meter: it follows the microphone, muted or not, and holds nothing once nobody looks.

use std::time::Duration;

use call_core::{Device, DeviceEvent, DeviceOrder, DevicePick, Effect, Event, RequestId};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::devices::{open, opened};
use crate::probe;
use crate::support::{Log, hands, until};

const OFTEN: Effect = Effect::Devices(DeviceOrder::Meter(Some(Duration::from_millis(50))));

fn levels(log: &Log) -> Vec<u8> {
    let level = |event: Event| match event {
        Event::Devices(DeviceEvent::MicrophoneLevel(level)) => Some(level),
        _ => None,
    };
    log.events().into_iter().filter_map(level).collect()
}

/// Waits until it is loud, and silent, once more: the browser's fake microphone hears 440 Hz at -10 dBFS for 1.5 s, and
/// nothing for half a second (`tone.wav`).
async fn moves(log: &Log) {
    let before = levels(log).len();
    until("loud and silent", || {
        let since = &levels(log)[before..];
        since.iter().any(|level| *level > 20) && since.contains(&0)
    })
    .await;
}

#[wasm_bindgen_test]
async fn it_follows_the_microphone_muted_or_not_and_gives_all_back() {
    let (mut hands, log) = hands();
    hands.execute(open(1, false, true));
    opened(&log, 1).await;
    hands.execute(OFTEN);
    assert_eq!(
        (probe::microphones(), probe::sounds()),
        (2, 1),
        "a copy of its own"
    );
    moves(&log).await;
    hands.execute(Effect::Devices(DeviceOrder::EnableMicrophone(false)));
    assert_eq!(probe::heard(), 1, "the copy alone");
    moves(&log).await;

    hands.execute(Effect::Devices(DeviceOrder::Meter(None)));
    assert_eq!(probe::microphones(), 1);
    until("the audio device is given back", || probe::sounds() == 0).await;
    let told = levels(&log).len();
    hands.execute(OFTEN);
    until("it measures again", || levels(&log).len() > told).await;
    drop(hands);
    assert_eq!(probe::microphones(), 0);
    until("nothing is held", || probe::sounds() == 0).await;
}

#[wasm_bindgen_test]
async fn it_follows_a_microphone_that_takes_another_s_place_and_lets_the_first_go() {
    let (mut hands, log) = hands();
    hands.execute(open(1, false, true));
    let first = opened(&log, 1).await[0].id.clone();
    hands.execute(OFTEN);
    hands.execute(Effect::Devices(DeviceOrder::Open {
        request: RequestId(2),
        camera: None,
        microphone: Some(DevicePick(Some(first))),
    }));
    opened(&log, 2).await;
    let given = probe::given();
    until("a copy of the new one, and none of the old", || {
        probe::given() == given + 1 && probe::microphones() == 2
    })
    .await;
    moves(&log).await;
    hands.execute(Effect::Devices(DeviceOrder::Close(Device::Microphone)));
    until("it holds nothing of a microphone that is off", || {
        probe::microphones() == 0
    })
    .await;
}
