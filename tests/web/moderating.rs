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
    let face = TestApp::showing(View {
        people: vec![bea()].into(),
        ..in_room()
    });
    until("Bea's menu", || face.button("More options for Bea").is_some()).await;
    face.click("More options for Bea");
    until("the dialog", || face.button("Ban for a week").is_some()).await;
    let ban = Intent::Moderate(ModerationAction::Ban(ParticipantId(2), WEEK));
    for answer in ["Cancel", "Ban"] {
        face.click("Ban for a week");
        until("the question", || face.button("Ban").is_some()).await;
        let focused = web_sys::window().and_then(|window| window.document()?.active_element());
        assert_eq!(focused, face.button("Cancel").map(Into::into));
        assert!(
            face.text(".person-acts")
                .contains("can't come back until the ban ends")
        );
        assert!(!face.wishes().contains(&ban), "not before the answer");
        face.click(answer);
        if answer == "Cancel" {
            until("the list of actions", || face.button("Ban for a week").is_some()).await;
        }
    }
    assert!(face.wishes().contains(&ban));
}

#[wasm_bindgen_test]
async fn ban_notice_has_undo() {
    let face = TestApp::showing(View {
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
    until("the notice", || {
        face.text(".notice p") == "Banned Bea for a week."
    })
    .await;
    face.click("Undo");
    assert!(
        face.wishes()
            .contains(&Intent::Moderate(ModerationAction::LiftBan(name("Bea"))))
    );
}
