//! Messages about a failed connection, with what to do about it.

use std::sync::Arc;

use call_core::{CallIntent, LinkTrouble, MissingPairView, Notice, NoticeBody, NoticeId};
use protocol::ParticipantId;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::until;
use crate::test_app::{TestApp, in_room, name};

const HOLES: &str = "[role=status][aria-label=\"Who can't hear whom\"]";

fn hole(one: Option<&str>, other: Option<&str>, both: bool) -> MissingPairView {
    MissingPairView {
        one: one.map(name),
        other: other.map(name),
        both,
    }
}

#[wasm_bindgen_test]
async fn missing_links_are_announced() {
    let app = TestApp::showing(in_room());
    until("the empty region", || app.find(HOLES).is_some()).await;
    for (hole, words) in [
        (
            hole(Some("Bea"), Some("Cem"), true),
            "Bea and Cem can't hear each other.",
        ),
        (hole(Some("Bea"), Some("Cem"), false), "Bea can't hear Cem."),
        (
            hole(None, Some("Bea"), true),
            "You and Bea can't hear each other. Trying again…",
        ),
        (
            hole(None, Some("Bea"), false),
            "You can't hear Bea. Trying again…",
        ),
        (
            hole(Some("Bea"), None, false),
            "Bea can't hear you. Trying again…",
        ),
    ] {
        let mut view = in_room();
        Arc::make_mut(&mut view.call).holes = vec![hole];
        app.show(view);
        until(words, || app.text(HOLES) == words).await;
    }
    app.show(in_room());
    until("the region to be empty", || app.text(HOLES).is_empty()).await;
}

#[wasm_bindgen_test]
async fn refused_relay_offers_retry() {
    let mut view = in_room();
    view.notices = vec![Notice {
        id: NoticeId(1),
        body: NoticeBody::LinkFailed {
            name: name("Bea"),
            peer: ParticipantId(2),
            trouble: LinkTrouble::RelayRefused,
        },
    }]
    .into();
    let app = TestApp::showing(view);
    until("the notice", || {
        app.text(".notices")
            .contains("the relay server rejected this page")
    })
    .await;
    app.click("Try again");
    assert!(
        app.wishes()
            .contains(&CallIntent::RetryLink(ParticipantId(2)).into())
    );
}
