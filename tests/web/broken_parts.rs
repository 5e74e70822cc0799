//! Parts of the page that a browser breaks: each shows an error in its place, and the rest works.

use call_core::{ChatBody, ChatIntent, ChatKey, ChatLine, ChatView, Delivery, View};
use js_sys::{Function, Object, Reflect, eval};
use protocol::{MessageId, UnixMillis};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlTextAreaElement;

use crate::support::until;
use crate::test_app::{TestApp, in_room, name};

/// Replaces a property of the browser, and restores it on drop.
struct Without {
    owner: Object,
    key: &'static str,
    was: JsValue,
}

impl Without {
    fn new(owner: &str, key: &'static str, instead: &JsValue) -> Self {
        let owner: Object = eval(owner).expect("the owner").unchecked_into();
        let was = Reflect::get(&owner, &key.into()).expect("a property");
        Reflect::set(&owner, &key.into(), instead).expect("replaced");
        Self { owner, key, was }
    }
}

impl Drop for Without {
    fn drop(&mut self) {
        Reflect::set(&self.owner, &self.key.into(), &self.was).expect("put back");
    }
}

fn throws(words: &str) -> JsValue {
    Function::new_no_args(&format!("throw new TypeError('{words}')")).into()
}

/// Ann's room with a line in its chat.
fn room() -> View {
    let line = ChatLine {
        guest: false,
        key: ChatKey::Message(MessageId(1)),
        at: UnixMillis(0),
        author: name("Bea"),
        mine: false,
        body: ChatBody::Text {
            text: "Hello".to_owned(),
            delivery: Delivery::Delivered,
        },
    };
    let chat = ChatView {
        lines: vec![line],
        ..ChatView::default()
    };
    View {
        chat: chat.into(),
        ..in_room()
    }
}

/// Sends a chat message.
fn write(app: &TestApp, words: &str) {
    let field: HtmlTextAreaElement = app.find("textarea").expect("a field").unchecked_into();
    field.set_value(words);
    app.click("Send");
    assert_eq!(
        app.wishes().last(),
        Some(&ChatIntent::Send(words.to_owned()).into())
    );
}

#[wasm_bindgen_test]
async fn failed_layout_leaves_chat_usable() {
    let without = Without::new("window", "ResizeObserver", &JsValue::UNDEFINED);
    let app = TestApp::showing(room());
    until("the error in the call", || {
        app.text(".stage [role=alert] h2") == "Something went wrong here"
    })
    .await;
    assert!(app.text(".stage pre").starts_with("ResizeObserver: TypeError"));
    assert!(app.find(".grid").is_none());
    assert!(app.button("Unmute microphone").is_some(), "the controls work");
    assert_eq!(app.text(".line-words"), "Hello", "{}", app.text(".chat"));
    write(&app, "Can you see me?");

    app.click("Show it again");
    until("the error again", || app.find(".stage [role=alert]").is_some()).await;
    drop(without);
    app.click("Show it again");
    until("the tiles", || {
        app.find(".grid .tile.is-own").is_some() && app.find("[role=alert]").is_none()
    })
    .await;
}

#[wasm_bindgen_test]
async fn failed_log_leaves_composer_usable() {
    let without = Without::new("Date.prototype", "toLocaleString", &throws("no such region"));
    let app = TestApp::showing(room());
    until("the error in the log", || {
        app.text(".chat pre") == "toLocaleString: TypeError: no such region"
    })
    .await;
    assert!(app.find(".grid .tile.is-own").is_some(), "the call continues");
    write(&app, "I cannot read you");
    drop(without);
    app.click("Show it again");
    until("the line", || app.text(".line-words") == "Hello").await;
    assert!(app.find(".chat [role=alert]").is_none());
}

#[wasm_bindgen_test]
async fn unknown_region_falls_back_to_language() {
    let strict = Function::new_with_args(
        "locale",
        "if (locale !== 'en') throw new RangeError('Incorrect locale'); return 'noon'",
    );
    let _without = Without::new("Date.prototype", "toLocaleString", &strict);
    let app = TestApp::showing(room());
    until("the time", || app.text(".line time") == "noon").await;
}

#[wasm_bindgen_test]
async fn refused_stream_is_shown_and_retried() {
    let refuse = r"({
        configurable: true,
        set() { throw new TypeError('no picture') },
        get() { return null },
    })";
    let prototype: Object = eval("HTMLMediaElement.prototype")
        .expect("there")
        .unchecked_into();
    let was = Object::get_own_property_descriptor(&prototype, &"srcObject".into());
    let refuse: Object = eval(refuse).expect("a property").unchecked_into();
    Object::define_property(&prototype, &"srcObject".into(), &refuse);
    let app = TestApp::with_camera(room());
    until("the error in the call", || {
        app.text(".stage pre") == "srcObject: TypeError: no picture"
    })
    .await;
    Object::define_property(&prototype, &"srcObject".into(), was.unchecked_ref());
    app.click("Show it again");
    until("the tiles", || app.find(".grid .tile.is-own").is_some()).await;
}
