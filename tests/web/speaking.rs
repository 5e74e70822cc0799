//! Who speaks, between two real connections.

use call_core::DeviceIntent;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::calls::{call, media_flows};
use crate::support::until;

#[wasm_bindgen_test]
async fn whoever_is_heard_speaks_and_who_mutes_does_not() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let [ada, bob] = &network.pages;
    let speaks = |page: &crate::network::Page| !page.view().speaking.peers.is_empty();
    until("both are heard", || speaks(ada) && speaks(bob)).await;
    ada.wish(DeviceIntent::MuteMicrophone);
    until("she is silent, and he is not", || !speaks(bob) && speaks(ada)).await;
}
