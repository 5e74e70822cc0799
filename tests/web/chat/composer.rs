//! Writing messages.

use std::sync::Arc;

use call_core::{ChatIntent, Intent};
use protocol::limits::CHAT_CHARS;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlTextAreaElement;

use super::{room, type_text};
use crate::support::{turn, until};
use crate::test_app::TestApp;

#[wasm_bindgen_test]
async fn too_long_is_kept_unsent() {
    let app = TestApp::showing(room(vec![]));
    let long = "字".repeat(CHAT_CHARS + 120);
    let field = type_text(&app, &long);
    until("the counter", || {
        app.text(".composer-counter") == "120 characters too many"
    })
    .await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    app.click("Send");
    assert!(
        !app.wishes()
            .iter()
            .any(|wish| matches!(wish, Intent::Chat(ChatIntent::Send(_))))
    );
    assert_eq!(field.value(), long);
    assert_eq!(field.get_attribute("maxlength"), None, "a paste is never cut");

    // Surrounding white space does not count, since it is not sent.
    let fits = format!("  {}\n", "字".repeat(CHAT_CHARS));
    type_text(&app, &fits);
    until("the counter for a message that fits", || {
        app.text(".composer-counter") == "0 characters left"
    })
    .await;
    app.click("Send");
    assert_eq!(app.wishes().last(), Some(&ChatIntent::Send(fits).into()));
    until("the counter to disappear", || {
        app.text(".composer-counter").is_empty()
    })
    .await;
}

#[wasm_bindgen_test]
async fn counter_appears_near_limit() {
    let app = TestApp::showing(room(vec![]));
    type_text(&app, &"a".repeat(CHAT_CHARS - 200));
    assert_eq!(app.text(".composer-counter"), "");
    type_text(&app, &"a".repeat(CHAT_CHARS - 199));
    until("the counter", || {
        app.text(".composer-counter") == "199 characters left"
    })
    .await;
}

#[wasm_bindgen_test]
async fn draft_is_kept_and_restored() {
    let mut view = room(vec![]);
    "half wr".clone_into(&mut Arc::make_mut(&mut view.chat).draft);
    let app = TestApp::showing(view);
    let field = || {
        app.find("textarea")
            .map(JsCast::unchecked_into::<HtmlTextAreaElement>)
    };
    until("the draft", || {
        field().is_some_and(|field| field.value() == "half wr")
    })
    .await;
    type_text(&app, "half written");
    assert_eq!(
        app.wishes().last(),
        Some(&ChatIntent::Draft("half written".to_owned()).into())
    );
}

#[wasm_bindgen_test]
async fn typed_text_wins_over_draft() {
    let app = TestApp::showing(room(vec![]));
    let field = type_text(&app, "new");
    let mut view = room(vec![]);
    "half wr".clone_into(&mut Arc::make_mut(&mut view.chat).draft);
    app.show(view);
    turn().await;
    turn().await;
    assert_eq!(field.value(), "new");
}
