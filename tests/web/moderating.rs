//! Moderators' actions on others, as shown.

use call_core::{Intent, ModerationAction, Notice, NoticeBody, NoticeId, View};
use protocol::ParticipantId;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::guests::bea;
use crate::support::until;
use crate::test_app::{TestApp, in_room, name};

const WEEK: u32 = 7 * 24 * 60;

#[wasm_bindgen_test]
async fn ban_asks_first() {
    let app = TestApp::showing(View {
        people: vec![bea()].into(),
        ..in_room()
    });
    until("Bea's menu", || app.button("More options for Bea").is_some()).await;
    app.click("More options for Bea");
    until("the dialog", || app.button("Ban for a week").is_some()).await;
    let ban = Intent::Moderate(ModerationAction::Ban(ParticipantId(2), WEEK));
    for answer in ["Cancel", "Ban"] {
        app.click("Ban for a week");
        until("the question", || app.button("Ban").is_some()).await;
        let focused = web_sys::window().and_then(|window| window.document()?.active_element());
        assert_eq!(focused, app.button("Cancel").map(Into::into));
        assert!(
            app.text(".person-acts")
                .contains("can't come back until the ban ends")
        );
        assert!(!app.wishes().contains(&ban), "not before the answer");
        app.click(answer);
        if answer == "Cancel" {
            until("the list of actions", || app.button("Ban for a week").is_some()).await;
        }
    }
    assert!(app.wishes().contains(&ban));
}

#[wasm_bindgen_test]
async fn ban_notice_has_undo() {
    let app = TestApp::showing(View {
        notices: vec![Notice {
            id: NoticeId(1),
            body: NoticeBody::Banned {
                name: name("Bea"),
                minutes: WEEK,
            },
        }]
        .into(),
        ..in_room()
    });
    until("the notice", || app.text(".notice p") == "Banned Bea for a week.").await;
    app.click("Undo");
    assert!(
        app.wishes()
            .contains(&Intent::Moderate(ModerationAction::LiftBan(name("Bea"))))
    );
}
