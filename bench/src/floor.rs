//! The floor's server: serves the page, and relays messages between all who have it open. It knows who is there,
//! and nothing else.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::any;
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

const PAGE: &str = include_str!("../floor/index.html");
const SCRIPT: &str = include_str!("../floor/floor.js");

/// Everybody who is there, by id: what they said of themselves, and their outbox. Without a bound, since only the
/// benchmark uses it.
type Room = Arc<Mutex<BTreeMap<String, (Value, UnboundedSender<Utf8Bytes>)>>>;

/// Serves until the process is killed.
pub async fn serve(port: u16) -> std::io::Result<()> {
    let routes = Router::new()
        .route("/", file("text/html", PAGE)?)
        .route("/floor.js", file("text/javascript", SCRIPT)?)
        .route("/socket", any(upgrade))
        .with_state(Room::default());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    axum::serve(
        axum::serve::ListenerExt::tap_io(listener, |stream| {
            // As in Confab: a message does not wait for a TCP ack. It fails only for a connection that has ended.
            let _ = stream.set_nodelay(true);
        }),
        routes,
    )
    .await
}

/// A file, compressed once.
fn file(kind: &'static str, text: &str) -> std::io::Result<axum::routing::MethodRouter<Room>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(text.as_bytes())?;
    let packed = packed.finish()?;
    Ok(get(move || async move {
        ([(CONTENT_TYPE, kind), (CONTENT_ENCODING, "gzip")], packed)
    }))
}

async fn upgrade(State(room): State<Room>, upgrade: WebSocketUpgrade) -> impl IntoResponse {
    upgrade.on_upgrade(|socket| converse(room, socket))
}

/// Relays the messages of one socket until it ends.
async fn converse(room: Room, socket: WebSocket) {
    let (mut out, mut incoming) = socket.split();
    let (outbox, mut queue) = unbounded_channel();
    let writing = tokio::spawn(async move {
        while let Some(text) = queue.recv().await {
            if out.send(Message::Text(text)).await.is_err() {
                break;
            }
        }
    });
    let mut own = String::new();
    while let Some(Ok(message)) = incoming.next().await {
        let Message::Text(text) = message else { continue };
        let Ok(message) = serde_json::from_str(&text) else {
            break;
        };
        if let Some(id) = message_id(&message) {
            own = id;
        }
        take(&room, &own, message, &outbox);
    }
    room.lock().unwrap_or_else(PoisonError::into_inner).remove(&own);
    announce(&room);
    writing.abort();
}

/// The id in a `hello`.
fn message_id(message: &Value) -> Option<String> {
    message["hello"]["id"].as_str().map(str::to_owned)
}

/// Handles a message of `own`: a `hello` is for the list of people, one with `to` for that person, others for all.
fn take(room: &Room, own: &str, mut message: Value, outbox: &UnboundedSender<Utf8Bytes>) {
    if let Some(hello) = message.get_mut("hello").map(Value::take) {
        let person = (hello, outbox.clone());
        room.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(own.to_owned(), person);
        return announce(room);
    }
    let to = message["to"].as_str().map(str::to_owned);
    message["from"] = own.into();
    match to {
        Some(to) => send(room, &message, |id| id == to),
        None => send(room, &message, |_| true),
    }
}

/// Sends all the list of people.
fn announce(room: &Room) {
    let people: Vec<Value> = room
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .values()
        .map(|(person, _)| person.clone())
        .collect();
    send(room, &json!({ "people": people }), |_| true);
}

fn send(room: &Room, message: &Value, to: impl Fn(&str) -> bool) {
    let text = Utf8Bytes::from(message.to_string());
    for (id, (_, outbox)) in room.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        if to(id) {
            // Fails only for somebody who has just left.
            let _ = outbox.send(text.clone());
        }
    }
}
