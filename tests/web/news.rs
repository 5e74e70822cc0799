//! Announcements for users who do not see the tiles.

use std::sync::Arc;

use call_core::{
    ChatBody, ChatKey, ChatLine, ChatView, Delivery, DeviceView, PageView, TileKey, TileState, TileView, View,
};
use protocol::{MessageId, ParticipantId, UnixMillis};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{turn, until};
use crate::test_app::{TestApp, in_room, name, tile};

const NEWS: &str = "[data-news][role=status]";

/// Ann's call with these peers.
fn call_with(others: &[(&str, TileState)]) -> View {
    let tiles = (2..).zip(others).map(|(id, (other, state))| TileView {
        state: *state,
        ..tile(ParticipantId(id), other)
    });
    let mut view = in_room();
    Arc::make_mut(&mut view.call).tiles = tiles.collect();
    let videos = view.call.tiles.iter().map(|tile| TileKey::Face(tile.peer));
    Arc::make_mut(&mut view.stage).tiles.extend(videos);
    view
}

#[wasm_bindgen_test]
async fn changes_are_announced_once() {
    use TileState::{Connected, Connecting, Failed, Reconnecting};
    let app = TestApp::showing(call_with(&[]));
    let told = async |words: &str| {
        until(words, || app.text(NEWS) == words).await;
    };
    app.show(call_with(&[("Bea", Connecting), ("Cem", Connecting)]));
    app.show(call_with(&[("Bea", Connected), ("Cem", Connected)]));
    told("Bea is in your call. Cem is in your call.").await;

    // Bea's connection flickers; Cem's does not recover.
    app.show(call_with(&[("Bea", Reconnecting), ("Cem", Reconnecting)]));
    until("the last announcement to clear", || app.text(NEWS).is_empty()).await;
    app.show(call_with(&[("Bea", Connected), ("Cem", Reconnecting)]));
    told("Lost the connection to Cem. Reconnecting…").await;

    // A notice reports the failure.
    app.show(call_with(&[("Bea", Connected), ("Cem", Failed)]));
    until("the last announcement to clear", || app.text(NEWS).is_empty()).await;
    app.show(call_with(&[("Bea", Connected), ("Cem", Connecting)]));
    app.show(call_with(&[("Bea", Reconnecting), ("Cem", Connecting)]));
    told("Lost the connection to Bea. Reconnecting…").await;
    app.show(call_with(&[("Bea", Connected), ("Cem", Connected)]));
    told("Bea is back. Cem is back.").await;
}

#[wasm_bindgen_test]
async fn tile_is_not_announced() {
    let app = TestApp::showing(call_with(&[("Bea", TileState::Failed)]));
    until("the text in the tile", || {
        app.text("[aria-label=Bea] .tile-state")
            .starts_with("Couldn't connect to Bea.")
    })
    .await;
    let live = ".tile [role=status], .tile [role=alert], .tile [aria-live]";
    assert!(app.find(live).is_none());
}

/// Ann's chat with these lines; only those with her name are her own.
fn chat_with(lines: &[(&str, ChatBody)], loading: bool) -> View {
    let lines = (1..).zip(lines).map(|(id, (author, body))| ChatLine {
        guest: false,
        key: ChatKey::Message(MessageId(id)),
        at: UnixMillis(0),
        author: name(author),
        mine: *author == "Ann",
        body: body.clone(),
    });
    let chat = ChatView {
        lines: lines.collect(),
        loading,
        ..ChatView::default()
    };
    View {
        chat: chat.into(),
        ..in_room()
    }
}

fn words(text: &str) -> ChatBody {
    ChatBody::Text {
        text: text.to_owned(),
        delivery: Delivery::Delivered,
    }
}

#[wasm_bindgen_test]
async fn log_announces_only_others_messages() {
    let lines = [
        ("Bea", words("Hello")),
        ("Bea", ChatBody::Joined),
        ("Ann", words("I know what I wrote")),
        ("Bea", ChatBody::CallStarted { with: name("Cem") }),
        ("Bea", ChatBody::ConferenceJoined),
        ("Bea", ChatBody::Missed { invite_back: None }),
    ];
    let app = TestApp::showing(chat_with(&lines, false));
    until("all lines", || app.count(".line") == lines.len()).await;
    assert_eq!(app.count(".line:not([aria-live=off])"), 2);
    assert_eq!(app.count(".line[aria-live=off]"), 4);
}

#[wasm_bindgen_test]
async fn log_is_silent_while_history_loads() {
    let app = TestApp::showing(chat_with(&[("Bea", words("Hello"))], false));
    let log = |live: &str| app.find(&format!("[role=log][aria-live={live}]")).is_some();
    until("a polite log", || log("polite")).await;
    app.show(chat_with(&[("Bea", words("Hello"))], true));
    until("a silent log", || log("off")).await;
    app.show(chat_with(
        &[("Bea", words("Long ago")), ("Bea", words("Hello"))],
        false,
    ));
    until("the older line", || app.count(".line") == 2).await;
    assert!(log("off"), "older lines are not announced");
    until("a polite log again", || log("polite")).await;
}

#[wasm_bindgen_test]
async fn leaving_during_call_cleans_up() {
    let mut alone = call_with(&[]);
    Arc::make_mut(&mut alone.media).camera = DeviceView::On;
    let app = TestApp::with_camera(alone);
    let mut talking = call_with(&[("Bea", TileState::Connected)]);
    Arc::make_mut(&mut talking.media).camera = DeviceView::On;
    app.show(talking);
    until("the announcement", || app.text(NEWS) == "Bea is in your call.").await;
    // Tiles, camera and page go at the same time.
    let lobby = PageView::Lobby {
        name: name("Ann"),
        room: String::new(),
        error: None,
    };
    app.show(View {
        page: lobby,
        ..View::default()
    });
    until("the lobby", || app.text("h1") == "Join a room").await;
    turn().await;
    assert!(app.find(".tile").is_none() && app.find(NEWS).is_none());
}
