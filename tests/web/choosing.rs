//! Choosing devices: the list, the description of an open device, and replacing one.

use call_core::{
    Device, DeviceEvent, DeviceIntent, DeviceKind, DeviceOrder, DevicePick, DeviceView, Effect, Event,
    ListedDevice, MediaView, NoticeBody, RequestId,
};
use confab::platform::StreamSource;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::EventTarget;

use crate::calls::{call, media_flows};
use crate::devices::{open, opened};
use crate::network::{Network, Page};
use crate::probe;
use crate::support::{Log, shell, turn, until};

/// The lists reported so far.
fn lists(log: &Log) -> Vec<Vec<ListedDevice>> {
    let list = |event: Event| match event {
        Event::Devices(DeviceEvent::Listed(list)) => Some(list),
        _ => None,
    };
    log.events().into_iter().filter_map(list).collect()
}

fn of_kind(list: &[ListedDevice], kind: DeviceKind) -> Vec<&ListedDevice> {
    list.iter().filter(|device| device.kind == kind).collect()
}

/// Simulates a device that was added or removed.
fn devices_change() {
    let navigator = web_sys::window().expect("a window").navigator();
    let devices: EventTarget = navigator.media_devices().expect("devices").unchecked_into();
    let event = web_sys::Event::new("devicechange").expect("an event");
    devices.dispatch_event(&event).expect("dispatched");
}

#[wasm_bindgen_test]
async fn open_device_is_described_and_listed() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true, true));
    let open = opened(&log, 1).await;
    shell.execute(Effect::Devices(DeviceOrder::List));
    until("a list", || !lists(&log).is_empty()).await;
    let list = &lists(&log)[0];
    assert_eq!(of_kind(list, DeviceKind::Camera).len(), 3);
    assert!(list.iter().all(|listed| !listed.group.is_empty()), "{list:?}");
    for open in &open {
        let listed = list
            .iter()
            .find(|listed| listed.kind == open.device.into() && listed.id == open.id);
        assert_eq!(listed.expect("in the list").label, open.label);
        assert!(!open.label.is_empty());
    }
    let [camera, microphone] = &open[..] else {
        panic!("expected both, got {open:?}")
    };
    assert_eq!(
        (camera.settings.width, camera.settings.height),
        (Some(1280), Some(720))
    );
    assert!(camera.settings.frames_per_second.is_some_and(|rate| rate > 1.0));
    assert_eq!(microphone.settings.echo_cancellation, Some(false));
    assert!(microphone.settings.sample_rate.is_some_and(|rate| rate >= 8_000));
}

#[wasm_bindgen_test]
async fn list_follows_changes_until_drop() {
    let (mut shell, log) = shell();
    devices_change();
    turn().await;
    assert!(lists(&log).is_empty(), "no list was requested");
    shell.execute(Effect::Devices(DeviceOrder::List));
    until("a list", || lists(&log).len() == 1).await;
    devices_change();
    until("another list", || lists(&log).len() == 2).await;
    drop(shell);
    devices_change();
    turn().await;
    assert_eq!(lists(&log).len(), 2);
}

#[wasm_bindgen_test]
async fn chosen_camera_replaces_current() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true, false));
    let first = opened(&log, 1).await[0].id.clone();
    shell.execute(Effect::Devices(DeviceOrder::List));
    until("a list", || !lists(&log).is_empty()).await;
    let list = lists(&log).remove(0);
    let cameras = of_kind(&list, DeviceKind::Camera);
    let other = cameras.iter().find(|camera| camera.id != first).expect("another");
    shell.execute(Effect::Devices(DeviceOrder::Open {
        request: RequestId(2),
        camera: Some(DevicePick(Some(other.id.clone()))),
        microphone: None,
    }));
    assert_eq!(probe::cameras(), 1, "the old one stays on meanwhile");
    assert_eq!(opened(&log, 2).await[0].id, other.id);
    assert_eq!(probe::cameras(), 1);
    let preview = shell.streams().own().expect("a preview");
    assert_eq!(preview.get_tracks().length(), 1);

    // A chosen camera that is gone leaves the choice to the browser; the chosen microphone is used.
    let microphones = of_kind(&list, DeviceKind::Microphone);
    let other = microphones.last().expect("a microphone");
    shell.execute(Effect::Devices(DeviceOrder::Open {
        request: RequestId(3),
        camera: Some(DevicePick(Some("gone".to_owned()))),
        microphone: Some(DevicePick(Some(other.id.clone()))),
    }));
    let both = opened(&log, 3).await;
    assert_eq!((both.len(), &both[1].id), (2, &other.id));
    assert_eq!((probe::cameras(), probe::microphones()), (1, 1));

    // A failed request changes nothing.
    probe::refuse(Some("NotReadableError"));
    shell.execute(open(4, true, false));
    log.first("a refusal", |event| {
        matches!(event, Event::Devices(DeviceEvent::Failed { .. })).then_some(())
    })
    .await;
    assert_eq!((probe::cameras(), preview.get_tracks().length()), (1, 1));
}

/// The id of the last device of this kind that is not in use: Chromium's second fake camera can be played,
/// but is not sent to peers.
fn another(media: &MediaView, kind: DeviceKind) -> String {
    let used = |device: &&ListedDevice| media.open.iter().any(|open| open.id == device.id);
    let mut of_kind = media.listed.iter().filter(|device| device.kind == kind);
    let found = of_kind.rfind(|device| !used(device));
    found.expect("another device").id.clone()
}

fn uses(page: &Page, device: Device, id: &str) -> bool {
    let open = page.view().media.open.clone();
    open.iter().any(|open| open.device == device && open.id == id)
}

#[wasm_bindgen_test]
async fn open_devices_are_kept_on_entry() {
    let network = Network::new();
    until("both to be in the room with devices on", || {
        network.pages.iter().all(|page| {
            let media = page.view().media;
            media.camera == DeviceView::On && media.microphone == DeviceView::On
        })
    })
    .await;
    network.open_link(1);
    until("both to be connected", || {
        let connected = |page: &Page| {
            page.view()
                .call
                .tiles
                .iter()
                .any(|tile| tile.camera && tile.microphone)
        };
        network.pages.iter().all(connected)
    })
    .await;
    assert_eq!(probe::asks(), 2, "once for each page");
    assert_eq!((probe::cameras(), probe::microphones()), (2, 2));
}

#[wasm_bindgen_test]
async fn chosen_devices_are_sent_without_renegotiation() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let [ada, bob] = &network.pages;
    until("the device names", || !ada.view().media.listed.is_empty()).await;
    let media = ada.view().media;
    for (device, kind) in [
        (Device::Camera, DeviceKind::Camera),
        (Device::Microphone, DeviceKind::Microphone),
    ] {
        let id = another(&media, kind);
        ada.wish(DeviceIntent::Choose(kind, id.clone()));
        until("the chosen device in use", || uses(ada, device, &id)).await;
    }
    assert!(bob.view().call.tiles[0].camera && bob.view().call.tiles[0].microphone);
    assert_eq!((probe::cameras(), probe::microphones()), (2, 2));
    media_flows().await;
    assert_eq!((network.offers(), probe::connections()), (1, 2));
}

#[wasm_bindgen_test]
async fn new_system_default_is_sent_without_renegotiation() {
    const NOW: &str = "Fake Audio Input 2";
    let (network, _players) = call(1).await;
    media_flows().await;
    let [ada, bob] = &network.pages;
    until("the device names", || !ada.view().media.listed.is_empty()).await;
    probe::prefer(NOW);
    devices_change();
    let follows = |page: &Page| page.view().media.open.iter().any(|open| open.label == NOW);
    until("the new default in use", || follows(ada) && follows(bob)).await;
    let told = |page: &Page| {
        let notices = page.view().notices;
        notices
            .iter()
            .filter(|notice| notice.body == NoticeBody::DeviceFollowed(NOW.to_owned()))
            .count()
    };
    assert_eq!((told(ada), told(bob)), (1, 1));
    assert!(
        ada.view().media.by_system.microphone,
        "the choice is left to the system"
    );
    media_flows().await;
    assert_eq!((network.offers(), probe::connections()), (1, 2));
    assert_eq!(probe::microphones(), 2, "the old ones are released");
}

#[wasm_bindgen_test]
async fn test_sound_releases_audio_device() {
    let (mut shell, _) = shell();
    shell.execute(Effect::Devices(DeviceOrder::PlayTestSound(None)));
    assert_eq!(probe::sounds(), 1);
    shell.execute(Effect::Devices(DeviceOrder::PlayTestSound(Some(
        "nowhere".to_owned(),
    ))));
    until("the first sound to stop", || probe::sounds() == 1).await;
    until("the sound to end", || probe::sounds() == 0).await;
    shell.execute(Effect::Devices(DeviceOrder::PlayTestSound(None)));
    drop(shell);
    until("the audio device to be released", || probe::sounds() == 0).await;
}
