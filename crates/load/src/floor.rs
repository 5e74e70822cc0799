//! The floor: a bare tokio-tungstenite server that does only what the loads need, to compare Confab with.
//!
//! It has no accounts, rules, limits, timeouts or storage. Signals are passed on as they are, and the list of
//! participants is kept as text. What a client gets from it, no server on the same libraries gives for less.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{FutureExt, SinkExt, StreamExt};
use protocol::{
    ClientMessage, Epoch, Invitation, InvitationId, Link, Participant, ParticipantId, RoomName, RoomSettings,
    SeatKey, ServerMessage, UserName, Welcome,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::LoadError;

/// Read and write buffers, in bytes: a signal fits. The library's own are larger than a socket needs.
const BUFFER: usize = 4096;
/// Messages that are written before one flush, at most; like Confab's.
const BATCH: usize = 64;

type Rooms = Arc<Mutex<HashMap<String, Room>>>;
type Outbox = UnboundedSender<Utf8Bytes>;

#[derive(Default)]
struct Room {
    members: Vec<Outbox>,
    /// All participants as JSON, separated by commas.
    participants: String,
}

/// Serves on a port of the loopback interface, which is printed first, until the process ends.
pub async fn floor() -> Result<(), LoadError> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    serve(listener).await
}

/// Serves forever.
pub async fn serve(listener: TcpListener) -> Result<(), LoadError> {
    let rooms = Rooms::default();
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(socket(stream, Arc::clone(&rooms)));
    }
}

async fn socket(stream: TcpStream, rooms: Rooms) -> Result<(), LoadError> {
    stream.set_nodelay(true)?;
    let config = WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER);
    let accepted = tokio_tungstenite::accept_async_with_config(stream, Some(config)).await;
    let mut socket = accepted.map_err(Box::new)?;
    let (outbox, mut feed) = unbounded_channel();
    let mut room = String::new();
    loop {
        tokio::select! {
            Some(text) = feed.recv() => send(&mut socket, text, &mut feed).await?,
            message = socket.next() => match message {
                Some(Ok(Message::Text(text))) => receive(&rooms, &mut room, &outbox, &text)?,
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Ok(()),
            },
        }
    }
}

/// Sends a message and those queued behind it, with one flush.
async fn send(
    socket: &mut WebSocketStream<TcpStream>,
    first: Utf8Bytes,
    feed: &mut UnboundedReceiver<Utf8Bytes>,
) -> Result<(), LoadError> {
    let rest = std::iter::from_fn(|| feed.recv().now_or_never().flatten());
    for text in std::iter::once(first).chain(rest).take(BATCH) {
        socket.feed(Message::Text(text)).await.map_err(Box::new)?;
    }
    Ok(socket.flush().await.map_err(Box::new)?)
}

fn receive(rooms: &Rooms, name: &mut String, outbox: &Outbox, text: &Utf8Bytes) -> Result<(), LoadError> {
    let mut rooms = rooms.lock().unwrap_or_else(PoisonError::into_inner);
    if text.starts_with("{\"signal\"") {
        if let Some(room) = rooms.get(name) {
            to_others(room, outbox, text);
        }
        return Ok(());
    }
    let message: ClientMessage = serde_json::from_str(text).map_err(io::Error::from)?;
    if let ClientMessage::Hello(hello) = &message {
        name.clone_from(&hello.room);
    }
    let room = rooms.entry(name.clone()).or_default();
    match message {
        ClientMessage::Hello(_) => enter(room, name, outbox),
        ClientMessage::ChangeRoom { .. } => reply(
            outbox,
            &ServerMessage::RoomChanged {
                settings: RoomSettings::default(),
                by: ParticipantId(1),
            },
        ),
        ClientMessage::Invite { to } => {
            let invitation = Invitation {
                id: InvitationId(1),
                from: ParticipantId(1),
                to,
                rings_for_ms: 0,
            };
            to_others(
                room,
                outbox,
                &text_of(&ServerMessage::InvitationRinging { invitation })?,
            );
            Ok(())
        }
        ClientMessage::AcceptInvitation { .. } => {
            let link = Link {
                peer: ParticipantId(2),
                epoch: Epoch(1),
            };
            to_others(room, outbox, &text_of(&ServerMessage::LinkOpened { link })?);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Welcomes a participant, and announces them to the others.
fn enter(room: &mut Room, name: &str, outbox: &Outbox) -> Result<(), LoadError> {
    let number = room.members.len() + 1;
    let (Ok(name), Ok(user)) = (RoomName::parse(name), UserName::parse(&format!("load {number}"))) else {
        return Err(LoadError::Said(name.to_owned()));
    };
    let id = ParticipantId(u64::try_from(number).unwrap_or(u64::MAX));
    let participant = Participant::new(id, user);
    if number > 1 {
        room.participants.push(',');
    }
    let listed = serde_json::to_string(&participant).map_err(io::Error::from)?;
    room.participants.push_str(&listed);
    let welcome = ServerMessage::Welcome(Box::new(Welcome::new(name, id, SeatKey(String::new()))));
    let (empty, full) = (
        "\"participants\":[",
        ["\"participants\":[", &room.participants].concat(),
    );
    let welcome = text_of(&welcome)?.replacen(empty, &full, 1);
    let _ = outbox.send(welcome.into());
    to_others(
        room,
        outbox,
        &text_of(&ServerMessage::ParticipantJoined { participant })?,
    );
    room.members.push(outbox.clone());
    Ok(())
}

fn to_others(room: &Room, me: &Outbox, text: &Utf8Bytes) {
    for other in room.members.iter().filter(|other| !other.same_channel(me)) {
        let _ = other.send(text.clone());
    }
}

fn reply(outbox: &Outbox, message: &ServerMessage) -> Result<(), LoadError> {
    let _ = outbox.send(text_of(message)?);
    Ok(())
}

fn text_of(message: &ServerMessage) -> Result<Utf8Bytes, LoadError> {
    Ok(serde_json::to_string(message).map_err(io::Error::from)?.into())
}
