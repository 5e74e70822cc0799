//! The floor's server: serves the page, and relays messages between all who have it open, and keeps the last ones of
//! the chat.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, any, get};
use axum::serve::ListenerExt;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

const PAGE: &str = include_str!("../floor/index.html");
const SCRIPT: &str = include_str!("../floor/floor.js");

/// Messages that are kept for those who come back.
const KEPT: usize = 100;

/// Who is there, and what was written.
#[derive(Default)]
struct Room {
    /// By id: what they said of themselves, and their outbox. Without a bound, since only the benchmark uses it.
    people: BTreeMap<String, (Value, UnboundedSender<Utf8Bytes>)>,
    chat: VecDeque<Value>,
}

type Shared = Arc<Mutex<Room>>;

/// Serves until the process is killed.
pub async fn serve(port: u16) -> std::io::Result<()> {
    let routes = Router::new()
        .route("/", file("text/html", PAGE)?)
        .route("/floor.js", file("text/javascript", SCRIPT)?)
        .route("/socket", any(upgrade))
        .with_state(Shared::default());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let listener = listener.tap_io(|stream| {
        // As in Confab: a message does not wait for a TCP ack. It fails only for a connection that has ended.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, routes).await
}

/// A file, compressed once.
fn file(kind: &'static str, text: &str) -> std::io::Result<MethodRouter<Shared>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(text.as_bytes())?;
    let packed = packed.finish()?;
    Ok(get(move || async move {
        ([(CONTENT_TYPE, kind), (CONTENT_ENCODING, "gzip")], packed)
    }))
}

async fn upgrade(State(room): State<Shared>, upgrade: WebSocketUpgrade) -> impl IntoResponse {
    upgrade.on_upgrade(|socket| converse(room, socket))
}

/// Relays the messages of one socket until it ends.
async fn converse(room: Shared, socket: WebSocket) {
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
        let Ok(message) = serde_json::from_str::<Value>(&text) else {
            break;
        };
        if let Some(id) = message["hello"]["id"].as_str() {
            id.clone_into(&mut own);
        }
        locked(&room).take(&own, message, &outbox);
    }
    locked(&room).leave(&own);
    writing.abort();
}

fn locked(room: &Shared) -> MutexGuard<'_, Room> {
    room.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Room {
    /// Handles a message: a `hello` is for the list of people, one with `to` for that person, others for all.
    fn take(&mut self, own: &str, mut message: Value, outbox: &UnboundedSender<Utf8Bytes>) {
        if let Some(hello) = message.get_mut("hello").map(Value::take) {
            self.people.insert(own.to_owned(), (hello, outbox.clone()));
            for message in &self.chat {
                // Fails only for a person who has just left, as below.
                let _ = outbox.send(message.to_string().into());
            }
            return self.announce();
        }
        message["from"] = own.into();
        if message.get("chat").is_some() {
            self.chat.push_back(message.clone());
            if self.chat.len() > KEPT {
                self.chat.pop_front();
            }
        }
        let text = Utf8Bytes::from(message.to_string());
        if let Some(to) = message["to"].as_str() {
            if let Some((_, outbox)) = self.people.get(to) {
                let _ = outbox.send(text);
            }
        } else {
            self.send_all(&text);
        }
    }

    fn leave(&mut self, own: &str) {
        self.people.remove(own);
        self.announce();
    }

    /// Sends all the list of people.
    fn announce(&self) {
        let people: Vec<&Value> = self.people.values().map(|(person, _)| person).collect();
        self.send_all(&json!({ "people": people }).to_string().into());
    }

    fn send_all(&self, text: &Utf8Bytes) {
        for (_, outbox) in self.people.values() {
            let _ = outbox.send(text.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::UnboundedReceiver;

    use super::*;

    /// All messages so far.
    fn received(queue: &mut UnboundedReceiver<Utf8Bytes>) -> Vec<Value> {
        let next = || queue.try_recv().ok();
        std::iter::from_fn(next)
            .map(|text| serde_json::from_str(&text).unwrap())
            .collect()
    }

    #[test]
    fn messages_reach_whom_they_are_for() {
        let mut room = Room::default();
        let (ann, mut to_ann) = unbounded_channel();
        let (bea, mut to_bea) = unbounded_channel();
        room.take("ann", json!({ "hello": { "id": "ann" } }), &ann);
        room.take("ann", json!({ "chat": { "text": "early" } }), &ann);
        room.take("bea", json!({ "hello": { "id": "bea" } }), &bea);
        room.take("bea", json!({ "to": "ann", "ring": true }), &bea);
        room.leave("bea");
        let people =
            |ids: &[&str]| json!({ "people": ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>() });
        let early = json!({ "chat": { "text": "early" }, "from": "ann" });
        let ring = json!({ "to": "ann", "ring": true, "from": "bea" });
        let both = people(&["ann", "bea"]);
        assert_eq!(
            received(&mut to_ann),
            [
                people(&["ann"]),
                early.clone(),
                both.clone(),
                ring,
                people(&["ann"])
            ]
        );
        assert_eq!(received(&mut to_bea), [early, both]);
    }
}
