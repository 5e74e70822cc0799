//! The socket to the server: text in both directions, one socket at a time.
//!
//! Uses the browser's WebSocket directly: a socket that was closed here reports nothing any more, and
//! dropping one closes it.

use call_core::{Event, SocketEvent, SocketId};
use gloo_events::EventListener;
use protocol::{ClientMessage, ErrorCode, ServerMessage, decode};
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, WebSocket};

use super::event_sink::EventSink;
use super::js_error::JsError;
use super::server_address::ServerAddress;

/// Opens and closes the page's socket, and sends on it.
pub(super) struct Signaling {
    server: ServerAddress,
    events: EventSink,
    socket: Option<Socket>,
}

impl Signaling {
    pub(super) fn new(server: ServerAddress, events: EventSink) -> Self {
        Self {
            server,
            events,
            socket: None,
        }
    }

    /// Opens a socket in place of the current one.
    pub(super) fn open(&mut self, id: SocketId) {
        self.socket = None;
        match Socket::open(&self.server.socket(), id, &self.events) {
            Ok(socket) => self.socket = Some(socket),
            Err(error) => {
                error.log("the socket cannot be opened");
                self.events.send(Event::Socket {
                    socket: id,
                    event: SocketEvent::Closed,
                });
            }
        }
    }

    /// Closes the socket, without reporting it.
    pub(super) fn close(&mut self) {
        self.socket = None;
    }

    /// Sends a message. It is lost if the socket is not open, or breaks; `SocketEvent::Closed` reports that.
    pub(super) fn send(&self, message: &ClientMessage) {
        let (Some(socket), Ok(text)) = (&self.socket, serde_json::to_string(message)) else {
            return;
        };
        if let Err(error) = socket.socket.send_with_str(&text) {
            JsError::from(error).log("message not sent");
        }
    }
}

struct Socket {
    socket: WebSocket,
    _listeners: [EventListener; 3],
}

impl Socket {
    fn open(url: &str, id: SocketId, events: &EventSink) -> Result<Self, JsError> {
        let socket = WebSocket::new(url)?;
        let listen = |kind: &'static str, event: fn(&web_sys::Event) -> SocketEvent| {
            let events = events.clone();
            EventListener::new(&socket, kind, move |what| {
                events.send(Event::Socket {
                    socket: id,
                    event: event(what),
                });
            })
        };
        let listeners = [
            listen("open", |_| SocketEvent::Opened),
            listen("message", |what| SocketEvent::Received(read(what))),
            listen("close", |_| SocketEvent::Closed),
        ];
        Ok(Self {
            socket,
            _listeners: listeners,
        })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Err(error) = self.socket.close() {
            JsError::from(error).log("the socket cannot be closed");
        }
    }
}

fn read(event: &web_sys::Event) -> Result<ServerMessage, ErrorCode> {
    let text = event
        .dyn_ref::<MessageEvent>()
        .and_then(|event| event.data().as_string());
    text.ok_or(ErrorCode::MalformedMessage)
        .and_then(|text| decode(&text))
}
