//! A client that speaks the wire protocol and waits for the messages that it expects.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use protocol::{
    ChatEntry, ChatMessage, ClientMessage, Epoch, ErrorCode, Hello, InvitationId, Nonce, ParticipantId,
    SeatKey, ServerMessage, SessionToken, Subject, Welcome,
};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::server::PATIENCE;

pub type Said = ServerMessage<Value>;
pub type Say = ClientMessage<Value>;

pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub welcome: Welcome,
    pub token: SessionToken,
}

/// A socket that has not sent anything yet.
pub struct Raw(WebSocketStream<MaybeTlsStream<TcpStream>>);

pub fn hello(token: &SessionToken, room: &str) -> Hello {
    let (token, room) = (Some(token.clone()), room.to_owned());
    Hello {
        version: protocol::VERSION,
        token,
        name: None,
        room,
        seat: None,
        take_over: false,
        password: None,
        invite: None,
    }
}

impl Raw {
    pub async fn open(to: SocketAddr) -> Self {
        Self::open_from(to, None).await.expect("a socket")
    }

    pub async fn open_from(to: SocketAddr, origin: Option<&str>) -> Result<Self, Box<Error>> {
        Self::open_with(to, origin.map(|origin| ("origin", origin))).await
    }

    pub async fn open_with(to: SocketAddr, header: Option<(&'static str, &str)>) -> Result<Self, Box<Error>> {
        Self::open_with_all(to, header.as_slice()).await
    }

    pub async fn open_with_all(to: SocketAddr, headers: &[(&'static str, &str)]) -> Result<Self, Box<Error>> {
        let mut request = format!("ws://{to}/api/socket")
            .into_client_request()
            .expect("a request");
        for (name, value) in headers {
            request
                .headers_mut()
                .insert(*name, value.parse().expect("a header"));
        }
        let (socket, _) = tokio_tungstenite::connect_async(request)
            .await
            .map_err(Box::new)?;
        Ok(Self(socket))
    }

    pub async fn send(&mut self, message: Message) {
        self.0.send(message).await.expect("sent");
    }

    /// Sends to a server that may be closing the socket already.
    pub async fn try_send(&mut self, message: Message) {
        let _ = self.0.send(message).await;
    }

    pub async fn say(&mut self, message: &Say) {
        self.send(Message::text(serde_json::to_string(message).expect("JSON")))
            .await;
    }

    /// Returns the next message, or `None` once the server has closed the socket.
    pub async fn hear(&mut self) -> Option<Said> {
        let next = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => {
                        break Some(serde_json::from_str(&text).expect("a message of the wire"));
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break None,
                    Some(Ok(_)) => {}
                }
            }
        };
        tokio::time::timeout(PATIENCE, next)
            .await
            .expect("a message in time")
    }

    /// Skips all messages up to the goodbye, and returns its code. The socket must be closed after it.
    pub async fn bye(&mut self) -> Option<ErrorCode> {
        let mut code = None;
        while let Some(message) = self.hear().await {
            assert_eq!(code, None, "a message came after the goodbye");
            if let ServerMessage::Bye { code: said, .. } = message {
                code = Some(said);
            }
        }
        code
    }

    /// Sends hello and is refused. Returns the code.
    pub async fn refused(to: SocketAddr, hello: Hello) -> Option<ErrorCode> {
        let mut raw = Self::open(to).await;
        raw.say(&ClientMessage::Hello(hello)).await;
        raw.bye().await
    }
}

impl Client {
    pub async fn enter(to: SocketAddr, token: &SessionToken, room: &str) -> Self {
        Self::greet(to, hello(token, room)).await
    }

    /// Enters with the key of an earlier seat.
    pub async fn come_back(to: SocketAddr, token: &SessionToken, seat: &SeatKey) -> Self {
        Self::greet(
            to,
            Hello {
                seat: Some(seat.clone()),
                ..hello(token, "lobby")
            },
        )
        .await
    }

    pub async fn greet(to: SocketAddr, hello: Hello) -> Self {
        let token = hello.token.clone().expect("a token");
        let mut raw = Raw::open(to).await;
        raw.say(&ClientMessage::Hello(hello)).await;
        match raw.hear().await {
            Some(ServerMessage::Welcome(welcome)) => Self {
                socket: raw.0,
                welcome: *welcome,
                token,
            },
            other => panic!("a welcome was expected: {other:?}"),
        }
    }

    pub fn id(&self) -> ParticipantId {
        self.welcome.you
    }

    /// Drops the connection without a closing handshake.
    pub fn vanish(self) {
        drop(self.socket);
    }

    pub fn into_raw(self) -> Raw {
        Raw(self.socket)
    }

    pub async fn say(&mut self, message: Say) {
        self.send(Message::text(serde_json::to_string(&message).expect("JSON")))
            .await;
    }

    pub async fn send(&mut self, message: Message) {
        self.socket.send(message).await.expect("sent");
    }

    pub async fn hear(&mut self) -> Said {
        let next = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) => {
                        break serde_json::from_str(&text).expect("a message of the wire");
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    other => panic!("a message was expected: {other:?}"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, next)
            .await
            .expect("a message in time")
    }

    /// Waits for a matching message, and skips the others.
    pub async fn expect<T>(&mut self, mut wanted: impl FnMut(&Said) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(&self.hear().await) {
                return found;
            }
        }
    }

    /// Skips all messages sent before now, and returns them.
    pub async fn forget(&mut self) -> Vec<Said> {
        let mut before = Vec::new();
        self.say(ClientMessage::Ping {}).await;
        loop {
            match self.hear().await {
                ServerMessage::Pong {} => return before,
                message => before.push(message),
            }
        }
    }

    /// Sends a message that is refused, and returns the refusal; it must have no other effect.
    pub async fn refusal(&mut self, message: Say) -> (ErrorCode, Option<Subject>) {
        self.say(message).await;
        match self.hear_but_chat().await {
            ServerMessage::Error { code, subject } => (code, subject),
            other => panic!("a refusal was expected: {other:?}"),
        }
    }

    /// Returns the next message other than chat, which arrives only when it is on disk.
    pub async fn hear_but_chat(&mut self) -> Said {
        loop {
            match self.hear().await {
                ServerMessage::Chat { .. } => {}
                message => return message,
            }
        }
    }

    pub async fn chat(&mut self, text: &str, nonce: &str) {
        let (text, nonce) = (text.to_owned(), Nonce(nonce.to_owned()));
        self.say(ClientMessage::SendChat { text, nonce }).await;
    }

    /// Returns the next chat message that a person wrote.
    pub async fn line(&mut self) -> (ChatMessage, String) {
        self.expect(|said| match said {
            ServerMessage::Chat { message } => Some((message.clone(), text_of(message)?)),
            _ => None,
        })
        .await
    }

    pub async fn ringing(&mut self) -> InvitationId {
        self.expect(|said| match said {
            ServerMessage::InvitationRinging { invitation } => Some(invitation.id),
            _ => None,
        })
        .await
    }

    pub async fn opened(&mut self) -> (ParticipantId, Epoch) {
        self.expect(|said| match said {
            ServerMessage::LinkOpened { link } => Some((link.peer, link.epoch)),
            _ => None,
        })
        .await
    }

    /// Invites another client, which accepts. Returns the epoch of the link.
    pub async fn link(&mut self, other: &mut Self) -> Epoch {
        self.say(ClientMessage::Invite { to: other.id() }).await;
        let invitation = other.ringing().await;
        other.say(ClientMessage::AcceptInvitation { invitation }).await;
        let (peer, epoch) = self.opened().await;
        assert_eq!((peer, (self.id(), epoch)), (other.id(), other.opened().await));
        epoch
    }

    /// Skips all messages up to the goodbye, and returns its code.
    pub async fn bye(self) -> Option<ErrorCode> {
        self.into_raw().bye().await
    }
}

/// Returns the text, if a person wrote the message.
pub fn text_of(message: &ChatMessage) -> Option<String> {
    match &message.entry {
        ChatEntry::Text { text, .. } => Some(text.clone()),
        _ => None,
    }
}
