//! The scroll position of the log.

use std::sync::Arc;

use call_core::{ChatKey, ChatLine, Delivery};
use protocol::Nonce;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::{message, room, styles, type_text};
use crate::support::{frame, pause, until};
use crate::test_app::TestApp;

/// Messages of three lines each, with these ids.
fn lines(ids: std::ops::Range<u64>) -> Vec<ChatLine> {
    ids.map(|id| message(id, &format!("message {id}\nand\nmore")))
        .collect()
}

fn log(app: &TestApp) -> HtmlElement {
    app.find(".chat-log").expect("a log").unchecked_into()
}

fn from_end(log: &HtmlElement) -> i32 {
    log.scroll_height() - log.scroll_top() - log.client_height()
}

async fn until_at_end(app: &TestApp, shown: usize) {
    until("the log to be at its end", || {
        app.count(".line") == shown && log(app).scroll_top() > 0 && from_end(&log(app)) <= 1
    })
    .await;
}

/// Scrolls to the message with an index, and lets the page handle it.
async fn scroll_to(app: &TestApp, at: usize) {
    log(app).set_scroll_top(100 * i32::try_from(at).expect("a few"));
    frame().await;
    frame().await;
}

/// Distance of a message from the log's upper edge, in CSS pixels.
fn offset_of(app: &TestApp, text: &str) -> f64 {
    let words = app.line_with(text);
    words.get_bounding_client_rect().top() - log(app).get_bounding_client_rect().top()
}

#[wasm_bindgen_test]
async fn bursts_stay_at_end() {
    let _styles = styles();
    let app = TestApp::showing(room(lines(1..30)));
    until_at_end(&app, 29).await;
    for last in 31..50 {
        app.show(room(lines(1..last)));
        // After the log scrolled, but before the browser's scroll event in the next frame.
        frame().await;
        pause(0).await;
    }
    until_at_end(&app, 48).await;
}

#[wasm_bindgen_test]
async fn earlier_messages_keep_position() {
    let _styles = styles();
    let app = TestApp::showing(room(lines(100..150)));
    until_at_end(&app, 50).await;
    scroll_to(&app, 2).await;
    let before = offset_of(&app, "message 104");
    app.show(room(lines(50..150)));
    until("the earlier messages", || app.count(".line") == 100).await;
    frame().await;
    frame().await;
    assert!((offset_of(&app, "message 104") - before).abs() <= 1.0);
    // The same while a page between them is loaded above the visible messages.
    let all = [lines(1..20), lines(50..150)].concat();
    app.show(room(all));
    let has = |text: &str| app.text(".chat-log").contains(text);
    until("more of the earliest messages", || has("message 19\n")).await;
    frame().await;
    frame().await;
    assert!((offset_of(&app, "message 104") - before).abs() <= 1.0);
}

#[wasm_bindgen_test]
async fn long_chat_renders_what_is_near_and_scrolls_through_all() {
    let _styles = styles();
    let app = TestApp::showing(room(lines(1..1001)));
    let has = |text: &str| app.text(".chat-log").contains(text);
    until("the end", || has("message 1000")).await;
    until_at_end(&app, 60).await;
    // Page up, as a user who reads everything, until the beginning.
    let mut pages = 0;
    while !has("message 1\n") {
        let log = log(&app);
        log.set_scroll_top(log.scroll_top() - log.client_height());
        frame().await;
        frame().await;
        assert!(log.scroll_top() > 0 || has("message 1\n"), "there is a gap");
        assert!(app.count(".line") <= 120, "{} lines", app.count(".line"));
        pages += 1;
        assert!(pages < 1_000, "it does not get there");
    }
    assert!(!has("message 1000"));
    app.show(room(lines(1..1002)));
    until("the new message", || app.button("1 new message").is_some()).await;
    assert!(!has("message 1001"), "the user reads elsewhere");
    app.click("1 new message");
    until("the end", || has("message 1001")).await;
    until_at_end(&app, 60).await;
}

#[wasm_bindgen_test]
async fn new_messages_elsewhere_are_counted() {
    let _styles = styles();
    let app = TestApp::showing(room(lines(1..30)));
    until_at_end(&app, 29).await;
    scroll_to(&app, 3).await;
    let top = log(&app).scroll_top();
    app.show(room(lines(1..32)));
    until("the count of new messages", || {
        app.button("2 new messages").is_some()
    })
    .await;
    assert_eq!(log(&app).scroll_top(), top, "the log stays where it is");
    app.click("2 new messages");
    until_at_end(&app, 31).await;
    until("the count to disappear", || app.find(".chat-unseen").is_none()).await;
    let focused = web_sys::window().and_then(|window| window.document()?.active_element());
    assert_eq!(focused, Some(log(&app).into()));
    // The log follows new messages again.
    app.show(room(lines(1..33)));
    until_at_end(&app, 32).await;
}

#[wasm_bindgen_test]
async fn sending_jumps_to_end() {
    let _styles = styles();
    let app = TestApp::showing(room(lines(1..30)));
    until_at_end(&app, 29).await;
    scroll_to(&app, 3).await;
    type_text(&app, "hello");
    app.click("Send");
    let mut view = room(lines(1..30));
    let mut own = message(0, "hello");
    own.mine = true;
    own.key = ChatKey::Pending(Nonce("n".to_owned()));
    if let call_core::ChatBody::Text { delivery, .. } = &mut own.body {
        *delivery = Delivery::Pending;
    }
    Arc::make_mut(&mut view.chat).lines.push(own);
    app.show(view);
    until_at_end(&app, 30).await;
    // The same when the message returns at another index.
    app.show(room(lines(1..31)));
    until("the sent message", || {
        app.text(".line:last-child").contains("message 30")
    })
    .await;
    until_at_end(&app, 30).await;
}

#[wasm_bindgen_test]
async fn resized_log_stays_at_end() {
    let _styles = styles();
    let app = TestApp::showing(room(lines(1..30)));
    until_at_end(&app, 29).await;
    let log = log(&app);
    for height in ["15rem", "10rem"] {
        log.style().set_property("block-size", height).expect("set");
        until("the log to be at its end", || from_end(&log) <= 1).await;
    }
}

#[wasm_bindgen_test]
async fn own_messages_from_another_page_are_not_counted() {
    let _styles = styles();
    let app = TestApp::showing(room(lines(1..30)));
    until_at_end(&app, 29).await;
    scroll_to(&app, 3).await;
    let mut all = lines(1..32);
    all[29].mine = true;
    app.show(room(all));
    until("one new message", || app.button("1 new message").is_some()).await;
}
