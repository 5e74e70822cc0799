//! The question whether to leave the call, after going back in the browser.

use std::sync::Arc;

use call_core::RoomIntent;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::until;
use crate::test_app::{TestApp, in_room};

#[wasm_bindgen_test]
async fn question_follows_view_and_buttons_answer() {
    let app = TestApp::showing(in_room());
    let open = || app.count("dialog[open] #leave-title") == 1;
    until("the room", || app.count(".room") == 1).await;
    assert!(!open());
    for (button, leave) in [("Stay", false), ("Leave call", true)] {
        let mut asked = in_room();
        Arc::make_mut(&mut asked.call).leave_asked = true;
        app.show(asked);
        until("the question", &open).await;
        app.click(button);
        assert_eq!(
            app.wishes().last(),
            Some(&RoomIntent::LeaveByHistory(leave).into())
        );
        app.show(in_room());
        until("the dialog to close", || !open()).await;
    }
}
