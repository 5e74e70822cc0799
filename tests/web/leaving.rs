//! The question whether to leave the call, after going back in the browser.

use std::sync::Arc;

use call_core::RoomIntent;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::until;
use crate::test_app::{TestApp, in_room};

#[wasm_bindgen_test]
async fn question_follows_view_and_buttons_answer() {
    let face = TestApp::showing(in_room());
    let open = || face.count("dialog[open] #leave-title") == 1;
    until("the room", || face.count("#leave-title") == 1).await;
    assert!(!open());
    for (button, leave) in [("Stay", false), ("Leave call", true)] {
        let mut asked = in_room();
        Arc::make_mut(&mut asked.call).leave_asked = true;
        face.show(asked);
        until("the question", &open).await;
        face.click(button);
        assert_eq!(
            face.wishes().last(),
            Some(&RoomIntent::LeaveByHistory(leave).into())
        );
        face.show(in_room());
        until("the dialog to close", || !open()).await;
    }
}
