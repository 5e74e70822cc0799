//! The connection that is made ahead of a call.

use call_core::{Effect, NewConnection};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::peers::{offer_by, open};
use crate::support::{shell, until};
use crate::{devices, probe};

/// A connection for a call in which the user makes the first offer.
fn preparation() -> NewConnection {
    NewConnection {
        offers: true,
        ice_servers: vec![],
        relay_only: false,
    }
}

#[wasm_bindgen_test]
async fn call_takes_connection_made_ahead_with_its_candidates() {
    let (mut shell, log) = shell();
    shell.execute(Effect::Prepare(Some(preparation())));
    until("its candidates", || probe::gathered() == 1).await;
    let offer = offer_by(&mut shell, &log).await;
    assert_eq!(probe::connections(), 1);
    assert!(offer.sdp.contains("a=candidate:"), "{}", offer.sdp);
    assert_eq!(offer.sdp.matches("a=sendrecv").count(), 4, "{}", offer.sdp);
    shell.execute(Effect::Prepare(None));
    assert_eq!(probe::connections(), 1, "it belongs to the call");
}

#[wasm_bindgen_test]
async fn call_sends_camera_turned_on_after_connection_was_made() {
    let (mut shell, log) = shell();
    shell.execute(Effect::Prepare(Some(preparation())));
    shell.execute(devices::open(1, true, false));
    devices::opened(&log, 1).await;
    assert_eq!(probe::sent(), "-,-,-,-");
    shell.execute(open(9, true));
    until("the camera's track", || probe::sent() == "-,video,-,-").await;
}

#[wasm_bindgen_test]
async fn connection_made_ahead_of_another_kind_is_left() {
    let (mut shell, log) = shell();
    shell.execute(Effect::Prepare(Some(NewConnection {
        relay_only: true,
        ..preparation()
    })));
    let offer = offer_by(&mut shell, &log).await;
    assert_eq!(probe::connections(), 2);
    assert!(!offer.sdp.contains("a=candidate:"), "{}", offer.sdp);
    shell.execute(Effect::Prepare(None));
    assert_eq!(probe::connections(), 1);
}

#[wasm_bindgen_test]
async fn connection_made_ahead_is_closed_without_a_call() {
    let (mut shell, _) = shell();
    shell.execute(Effect::Prepare(Some(preparation())));
    shell.execute(Effect::Prepare(Some(preparation())));
    assert_eq!(probe::connections(), 1, "another takes its place");
    drop(shell);
    assert_eq!(probe::connections(), 0);
}
