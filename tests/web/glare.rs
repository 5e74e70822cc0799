//! Glare in a real browser: both ends of a pair add and remove a track in the same tick, repeatedly, over a
//! slow server.

use call_core::{DeviceIntent, PageView, TileState};
use js_sys::{Function, JsString, Promise, Reflect, eval};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use crate::network::Network;
use crate::probe;
use crate::support::{until, until_async};

/// Pairs that run at the same time: rounds mostly wait for delays, and this many pairs fit into a minute.
const PAIRS: u64 = 10;
/// Rounds of each pair: 200 in total.
const ROUNDS: u64 = 20;
const SEED: u64 = 0x6c61_7265;

fn call(name: &str) -> JsValue {
    let glare = eval(include_str!("glare.js")).expect("the script runs");
    let function: Function = Reflect::get(&glare, &name.into())
        .expect("a function")
        .unchecked_into();
    function.call0(&glare).expect("it answers")
}

async fn faults() -> String {
    let promise: Promise = call("faults").unchecked_into();
    let words: JsString = promise.await.expect("an answer").unchecked_into();
    String::from(words)
}

#[wasm_bindgen_test]
async fn simultaneous_track_changes_end_stable() {
    console_log!("seed {SEED:#x}");
    let networks: Vec<Network> = (0..PAIRS).map(|_| Network::new()).collect();
    let pages = || networks.iter().flat_map(|network| &network.pages);
    until("all to be in their rooms", || {
        pages().all(|page| matches!(page.view().page, PageView::Room { .. }))
    })
    .await;
    for page in pages() {
        page.wish(DeviceIntent::StopCamera);
        page.wish(DeviceIntent::UnmuteMicrophone);
    }
    for network in &networks {
        network.open_link(1);
    }
    until("all pairs to be connected with microphones on", || {
        pages().all(|page| {
            let tiles = page.view().call.tiles.clone();
            tiles.len() == 1 && tiles[0].state == TileState::Connected && tiles[0].microphone
        })
    })
    .await;
    for (network, seed) in networks.iter().zip(SEED..) {
        network.slow_down(seed);
    }
    for round in 0..ROUNDS {
        call("turn");
        let what = format!("all ends stable and all tracks flowing, in round {round} of seed {SEED:#x}");
        until_async(&what, || async { faults().await.is_empty() }).await;
    }
    assert!(probe::stable());
    let offers: usize = networks.iter().map(Network::offers).sum();
    let rounds = usize::try_from(PAIRS * ROUNDS).expect("a number");
    assert!(
        2 * offers > 5 * rounds,
        "most rounds had offers that crossed: {offers}"
    );
    console_log!("{rounds} rounds, {offers} offers");
    call("end");
}
