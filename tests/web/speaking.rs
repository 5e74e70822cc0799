//! Speaking, detected between two real connections.

use call_core::DeviceIntent;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::calls::{call, media_flows};
use crate::support::until;

#[wasm_bindgen_test]
async fn muted_user_is_not_speaking() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let [ada, bob] = &network.pages;
    let speaks = |page: &crate::network::Page| !page.view().speaking.peers.is_empty();
    until("both to be speaking", || speaks(ada) && speaks(bob)).await;
    ada.wish(DeviceIntent::MuteMicrophone);
    until("only Bob to be speaking", || !speaks(bob) && speaks(ada)).await;
}
