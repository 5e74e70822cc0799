//! The chat as shown: reading and writing.

mod composer;
mod days;
mod scroll;
mod words;

use call_core::{ChatBody, ChatKey, ChatLine, ChatView, Delivery, View};
use protocol::{MessageId, UnixMillis};
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use crate::styles::Styles;
use crate::test_app::{TestApp, in_room, name};

/// The style sheets of the chat, and a log of a fixed height.
pub fn styles() -> Styles {
    Styles::of(concat!(
        include_str!("../../../style/tokens.css"),
        include_str!("../../../style/base.css"),
        include_str!("../../../style/common.css"),
        include_str!("../../../style/chat.css"),
        ".chat { inline-size: 20rem; } .chat-log { block-size: 20rem; flex: none; }",
    ))
}

/// A message from Bea.
pub fn message(id: u64, text: &str) -> ChatLine {
    ChatLine {
        guest: false,
        key: ChatKey::Message(MessageId(id)),
        at: UnixMillis(0),
        author: name("Bea"),
        mine: false,
        body: ChatBody::Text {
            text: text.to_owned(),
            delivery: Delivery::Delivered,
        },
    }
}

/// Ann's room with these messages.
pub fn room(lines: Vec<ChatLine>) -> View {
    let chat = ChatView {
        lines,
        ..ChatView::default()
    };
    View {
        chat: chat.into(),
        ..in_room()
    }
}

/// Replaces the text in the field.
pub fn type_text(app: &TestApp, text: &str) -> HtmlTextAreaElement {
    let field: HtmlTextAreaElement = app.find("textarea").expect("a field").unchecked_into();
    field.set_value(text);
    let input = web_sys::Event::new("input").expect("an event");
    field.dispatch_event(&input).expect("dispatched");
    field
}
