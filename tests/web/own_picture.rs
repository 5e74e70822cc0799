//! The user's own video, and how video fills its tile.

use std::sync::Arc;

use call_core::{
    Device, DeviceIntent, DeviceKind, DeviceView, Facing, Intent, ListedDevice, MediaView, OpenDevice,
    PageView, TileKey, TileView, TrackSettings, View,
};
use leptos::prelude::window;
use protocol::{ParticipantId, RoomName};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

use crate::support::until;
use crate::test_app::{TestApp, in_room, name, tile};

const BEA: ParticipantId = ParticipantId(2);
const OWN: &str = ".tile.is-own";
const PICTURE: &str = ".tile.is-own.has-picture";

/// Ann's page with both devices on.
fn seen(facing: Option<Facing>) -> View {
    let camera = OpenDevice {
        device: Device::Camera,
        id: "1".to_owned(),
        label: "Camera".to_owned(),
        settings: TrackSettings {
            facing,
            ..TrackSettings::default()
        },
    };
    View {
        media: MediaView {
            camera: DeviceView::On,
            microphone: DeviceView::On,
            open: vec![camera],
            ..MediaView::default()
        }
        .into(),
        ..in_room()
    }
}

/// The same page, with one device muted by the system.
fn muted(device: Device) -> View {
    let mut view = seen(None);
    Arc::make_mut(&mut view.media).muted_by_system = vec![device];
    view
}

#[wasm_bindgen_test]
async fn mirrored_when_camera_faces_user() {
    let app = TestApp::showing(seen(None));
    let mirrored = |app: &TestApp| app.find(".tile.is-own video.is-mirrored").is_some();
    until("mirrored video", || mirrored(&app)).await;
    app.show(seen(Some(Facing::Environment)));
    until("video that is not mirrored", || !mirrored(&app)).await;
    app.show(seen(Some(Facing::User)));
    until("mirrored video again", || mirrored(&app)).await;
}

#[wasm_bindgen_test]
async fn system_mute_is_marked_in_room() {
    let app = TestApp::showing(seen(None));
    until("the video", || app.find(PICTURE).is_some()).await;
    assert!(!app.text(OWN).contains("Muted"));
    app.show(muted(Device::Microphone));
    until("the mark by the name", || app.text(OWN).contains("Muted")).await;
    assert_eq!(app.count(".is-troubled[aria-label='Mute microphone']"), 1);
    app.show(muted(Device::Camera));
    until("no video", || app.find(PICTURE).is_none()).await;
    until("the other mark", || {
        app.count(".is-troubled[aria-label='Turn camera off']") == 1
    })
    .await;
    app.show(seen(None));
    until("the video again", || app.find(PICTURE).is_some()).await;
    until("no mark", || app.count(".is-troubled") == 0).await;
}

#[wasm_bindgen_test]
async fn system_mute_is_explained_before_room() {
    let ready = |view: View| View {
        page: PageView::Ready {
            room: RoomName::parse("tea").expect("a name"),
            name: name("Ann"),
        },
        ..view
    };
    let app = TestApp::showing(ready(seen(None)));
    until("the video", || app.find(PICTURE).is_some()).await;
    for (device, words, again) in [
        (
            Device::Microphone,
            "Your system muted the microphone.",
            DeviceIntent::UnmuteMicrophone,
        ),
        (
            Device::Camera,
            "Your system turned off the camera's video.",
            DeviceIntent::StartCamera,
        ),
    ] {
        app.show(ready(muted(device)));
        until("the text", || app.text(OWN).contains(words)).await;
        app.click("Try again");
        assert_eq!(app.wishes().last(), Some(&Intent::Devices(again)));
        app.show(ready(seen(None)));
        until("the text to disappear", || {
            app.find(".tile.is-own button").is_none()
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn system_default_is_named_when_known() {
    let first = ".picker select option";
    let app = TestApp::showing(in_room());
    app.opens("Devices", "select").await;
    until("the list", || app.text(first) == "System default").await;
    app.show(seen(None));
    until("its name", || app.text(first) == "System default (Camera)").await;
    let mut chosen = seen(None);
    Arc::make_mut(&mut chosen.media).by_system.camera = false;
    app.show(chosen);
    until("no name", || app.text(first) == "System default").await;
}

#[wasm_bindgen_test]
async fn system_default_stays_selected() {
    let choosing = |by_system: bool| {
        let mut view = seen(None);
        Arc::make_mut(&mut view.media).listed = vec![ListedDevice {
            kind: DeviceKind::Camera,
            id: "1".to_owned(),
            label: "Camera".to_owned(),
            group: "a".to_owned(),
        }];
        Arc::make_mut(&mut view.media).selected.camera = Some("1".to_owned());
        Arc::make_mut(&mut view.media).by_system.camera = by_system;
        view
    };
    let app = TestApp::showing(choosing(true));
    app.opens("Devices", "select").await;
    let chosen = || -> Option<String> {
        let list: HtmlSelectElement = app.find(".picker select")?.unchecked_into();
        (list.length() == 2).then(|| list.value())
    };
    for (by_system, id) in [(true, ""), (false, "1"), (true, "")] {
        app.show(choosing(by_system));
        until("the choice", || chosen().as_deref() == Some(id)).await;
    }
}

#[wasm_bindgen_test]
async fn fill_choice_is_kept() {
    let items = window().local_storage().expect("allowed").expect("there");
    let kept = || items.get_item("confab.pictures").expect("read").is_some();
    items.remove_item("confab.pictures").expect("removed");
    let mut call = seen(None);
    Arc::make_mut(&mut call.call).tiles = vec![TileView {
        camera: true,
        ..tile(BEA, "Bea")
    }];
    Arc::make_mut(&mut call.stage).tiles = vec![TileKey::Face(BEA), TileKey::Own];
    let app = TestApp::showing(call.clone());
    let fills = |app: &TestApp| app.find(".grid.is-filled").is_some();
    until("the choice", || app.button("Fill tiles").is_some()).await;
    assert!(!fills(&app) && !kept(), "video is shown whole");
    app.click("Fill tiles");
    until("filled tiles", || fills(&app)).await;
    assert!(kept());
    drop(app);
    let app = TestApp::showing(call);
    until("filled tiles on the next visit", || fills(&app)).await;
    app.click("Fill tiles");
    until("whole video again", || !fills(&app)).await;
    assert!(!kept());
}
