//! The text of a message.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::{message, room, styles};
use crate::support::{frame, until};
use crate::test_app::TestApp;

fn height(app: &TestApp, selector: &str) -> f64 {
    let found = app.find(selector).expect("an element");
    found.get_bounding_client_rect().height()
}

#[wasm_bindgen_test]
async fn long_message_folds_and_unfolds() {
    let _styles = styles();
    let long = format!("begin{}end", "\n".repeat(3_900));
    let app = TestApp::showing(room(vec![message(1, "short"), message(2, &long)]));
    until("a folded message", || app.button("Show more").is_some()).await;
    frame().await;
    assert!(height(&app, ".line-words.is-folded") < 400.0);
    assert_eq!(app.count(".line-fold"), 1, "a short message is shown whole");
    let expanded = |app: &TestApp| {
        app.find(".line-fold")
            .and_then(|button| button.get_attribute("aria-expanded"))
    };
    assert_eq!(expanded(&app).as_deref(), Some("false"));
    let top = app.line_with("begin").get_bounding_client_rect().top();
    app.click("Show more");
    until("the whole message", || app.button("Show less").is_some()).await;
    assert_eq!(expanded(&app).as_deref(), Some("true"));
    frame().await;
    frame().await;
    assert!(height(&app, ".line-words:not(.is-folded) ~ .line-fold") > 0.0);
    let now = app.line_with("begin").get_bounding_client_rect().top();
    assert!(
        (now - top).abs() <= 1.0,
        "its beginning stays where it is: {top} {now}"
    );
    app.click("Show less");
    until("the message to fold again", || app.find(".is-folded").is_some()).await;
}

#[wasm_bindgen_test]
async fn focused_link_is_unfolded() {
    let long = format!("begin{}https://a.example/b", "\n".repeat(40));
    let app = TestApp::showing(room(vec![message(1, &long)]));
    until("a folded message", || app.button("Show more").is_some()).await;
    let link: HtmlElement = app.find(".line-words a").expect("a link").unchecked_into();
    link.focus().expect("focused");
    until("the whole message", || app.find(".is-folded").is_none()).await;
}

#[wasm_bindgen_test]
async fn addresses_are_links() {
    let text = "\u{202e}看https://a.example/b，or www.b.example or ann@c.example or javascript:alert(1)";
    let app = TestApp::showing(room(vec![message(1, text)]));
    until("the links", || app.count(".line-words a") == 3).await;
    assert_eq!(
        app.all_text(".line-words"),
        [text],
        "the text is what was written"
    );
    assert_eq!(
        app.all_text(".line-words a"),
        ["https://a.example/b", "www.b.example", "ann@c.example"]
    );
    let link = app.find(".line-words a").expect("a link");
    let attribute = |name: &str| link.get_attribute(name).unwrap_or_default();
    assert_eq!(attribute("href"), "https://a.example/b");
    assert_eq!(attribute("target"), "_blank");
    assert_eq!(attribute("rel"), "noopener noreferrer");
    assert_eq!(
        attribute("dir"),
        "ltr",
        "the text around it does not change its direction"
    );
    let mail = app.find(".line-words a:last-of-type").expect("a link");
    assert_eq!(
        mail.get_attribute("href").as_deref(),
        Some("mailto:ann@c.example")
    );
}
