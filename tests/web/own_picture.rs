//! The user's own picture, and how pictures lie in their tiles.

use call_core::{
    Device, DeviceView, Facing, Intent, MediaView, OpenDevice, TileKey, TileState, TileView, TrackSettings,
    View,
};
use leptos::prelude::window;
use protocol::{Epoch, ParticipantId};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::face::{Face, in_room, name};
use crate::support::until;

const BEA: ParticipantId = ParticipantId(2);
const OWN: &str = ".tile.is-own";

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
        },
        ..in_room()
    }
}

#[wasm_bindgen_test]
async fn it_is_mirrored_where_the_camera_looks_at_the_user() {
    let face = Face::showing(seen(None));
    let mirrored = |face: &Face| face.find(".tile.is-own video.is-mirrored").is_some();
    until("a mirror", || mirrored(&face)).await;
    face.show(seen(Some(Facing::Environment)));
    until("no mirror", || !mirrored(&face)).await;
    face.show(seen(Some(Facing::User)));
    until("a mirror again", || mirrored(&face)).await;
}

#[wasm_bindgen_test]
async fn what_the_system_mutes_is_told_with_a_way_out() {
    let face = Face::showing(seen(None));
    until("a picture", || face.find(".tile.is-own.has-picture").is_some()).await;
    assert!(!face.text(OWN).contains("Muted"));
    let mut muted = seen(None);
    muted.media.muted_by_system = vec![Device::Microphone];
    face.show(muted);
    until("it is told", || {
        face.text(OWN).contains("Your system muted the microphone.")
    })
    .await;
    assert!(face.text(OWN).contains("Muted"), "the mark by the name");
    face.click("Try again");
    assert_eq!(face.wishes().last(), Some(&Intent::UnmuteMicrophone));
    assert!(
        face.button("Mute microphone").is_some(),
        "the wish stays what it was"
    );

    let mut dark = seen(None);
    dark.media.muted_by_system = vec![Device::Camera];
    face.show(dark);
    until("it is told", || {
        face.text(OWN)
            .contains("Your system turned the camera picture off.")
    })
    .await;
    assert!(face.find(".tile.is-own.has-picture").is_none());
    face.show(seen(None));
    until("it is over", || face.find(".tile.is-own.has-picture").is_some()).await;
    assert!(face.button("Try again").is_none());
}

#[wasm_bindgen_test]
async fn pictures_fill_their_tiles_by_choice_which_is_kept() {
    let items = window().local_storage().expect("allowed").expect("there");
    let kept = || items.get_item("confab.pictures").expect("read").is_some();
    items.remove_item("confab.pictures").expect("removed");
    let mut call = seen(None);
    call.call.tiles = vec![TileView {
        guest: false,
        peer: BEA,
        epoch: Epoch(1),
        name: name("Bea"),
        state: TileState::Connected,
        camera: true,
        microphone: true,
        screen: false,
        away: false,
        speaking: false,
        volume: 100,
    }];
    call.call.stage.tiles = vec![TileKey::Face(BEA), TileKey::Own];
    let face = Face::showing(call.clone());
    let fills = |face: &Face| face.find(".grid.is-filled").is_some();
    until("the choice", || face.button("Fill tiles").is_some()).await;
    assert!(!fills(&face) && !kept(), "people are whole");
    face.click("Fill tiles");
    until("they fill", || fills(&face)).await;
    assert!(kept());
    drop(face);
    let face = Face::showing(call);
    until("on the next visit too", || fills(&face)).await;
    face.click("Fill tiles");
    until("whole again", || !fills(&face)).await;
    assert!(!kept());
}
