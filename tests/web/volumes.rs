//! Volumes: the slider sends the user's choice, and shows the volume that applies.

use std::sync::Arc;

use call_core::{StageIntent, TileKey, TileView, View};
use confab::platform::sounds;
use protocol::ParticipantId;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlInputElement};

use crate::support::until;
use crate::test_app::{TestApp, in_room, tile};

const BEA: ParticipantId = ParticipantId(2);
const SLIDER: &str = "input[type=range][aria-label=\"Bea's volume\"]";

/// Ann's call with Bea, who shares her screen, at this volume.
fn call_at(volume: u8) -> View {
    let mut view = in_room();
    Arc::make_mut(&mut view.call).tiles = vec![TileView {
        screen: true,
        volume,
        ..tile(BEA, "Bea")
    }];
    Arc::make_mut(&mut view.stage).tiles = vec![TileKey::Face(BEA), TileKey::Screen(BEA)];
    view
}

/// Volume and muting of all audio that is played.
fn heard() -> Vec<(f64, bool)> {
    let each = sounds().into_iter();
    each.map(|sound| (sound.volume(), sound.muted())).collect()
}

#[wasm_bindgen_test]
async fn volume_applies_to_person_and_screen() {
    let app = TestApp::showing(call_at(40));
    until("the tiles", || app.button("Change Bea's volume").is_some()).await;
    let both = |heard_as| [heard_as; 2];
    until("the volume of person and screen", || {
        heard() == both((0.4, false))
    })
    .await;
    let words = |app: &TestApp| app.text("[role=group][aria-label=Bea] .tile-name");
    assert!(!words(&app).contains("Muted for you"));
    app.show(call_at(0));
    until("the text", || words(&app).contains("Muted for you")).await;
    until("silence", || heard() == both((0.0, true))).await;
    drop(app);
    assert_eq!(heard(), []);
}

#[wasm_bindgen_test]
async fn slider_sends_and_shows_volume() {
    let app = TestApp::showing(call_at(100));
    until("the tile", || app.button("Change Bea's volume").is_some()).await;
    assert!(app.find(SLIDER).is_none(), "a closed panel is empty");
    app.opens("Change Bea's volume", SLIDER).await;
    let slider: HtmlInputElement = app.find(SLIDER).expect("a slider").unchecked_into();
    until("the current volume", || slider.value() == "100").await;
    slider.set_value("35");
    let event = Event::new("input").expect("an event");
    slider.dispatch_event(&event).expect("dispatched");
    let wish = StageIntent::SetVolume {
        peer: BEA,
        percent: 35,
    };
    assert!(app.wishes().contains(&wish.into()));
    app.show(call_at(35));
    until("the new volume for screen readers", || {
        slider.get_attribute("aria-valuetext").as_deref() == Some("35 %")
    })
    .await;
}
