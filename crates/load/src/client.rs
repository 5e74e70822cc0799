//! A client that implements as much of the protocol as a load needs.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt, TryStreamExt, stream};
use protocol::http::{Credentials, SignedIn};
use protocol::{ClientMessage, Epoch, Hello, ParticipantId, ServerMessage, SessionToken, VERSION, Welcome};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::LoadError;

/// The password of every account.
pub(crate) const WORTHLESS: &str = "a password of no worth";

/// Concurrent requests: enough to keep a server busy, but few enough not to overflow a listen queue.
pub(crate) const AT_ONCE: usize = 32;

/// The content of a signal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// When it was sent, in nanoseconds since the measurement began; `None` in the last signal.
    pub at: Option<u64>,
    /// What makes it as large as it is.
    #[serde(skip_deserializing)]
    pub filling: String,
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A participant of a room.
#[derive(Debug)]
pub struct Client {
    socket: Socket,
    /// The server's first message.
    pub welcome: Welcome,
}

impl Client {
    /// Enters a room.
    pub async fn enter(to: SocketAddr, token: SessionToken, room: String) -> Result<Self, LoadError> {
        let url = format!("ws://{to}/api/socket");
        // Without Nagle's algorithm, as in browsers, so that a signal does not wait for a TCP ack.
        let connected = tokio_tungstenite::connect_async_with_config(url, None, true).await;
        let (mut socket, _) = connected.map_err(Box::new)?;
        let hello = Hello {
            version: VERSION,
            token: Some(token),
            name: None,
            room,
            seat: None,
            take_over: false,
            password: None,
            invite: None,
        };
        say(&mut socket, &ClientMessage::Hello(hello)).await?;
        match hear(&mut socket).await? {
            ServerMessage::Welcome(welcome) => Ok(Self {
                socket,
                welcome: *welcome,
            }),
            other => Err(LoadError::Said(format!("{other:?}"))),
        }
    }

    /// Sends a message.
    pub async fn say(&mut self, message: &ClientMessage<Stamp>) -> Result<(), LoadError> {
        say(&mut self.socket, message).await
    }

    /// Sends a signal. It also has the field `from`, which servers ignore: the floor passes it on as it is.
    pub async fn signal(&mut self, to: ParticipantId, epoch: Epoch, signal: &Stamp) -> Result<(), LoadError> {
        #[derive(Serialize)]
        struct Body<'a> {
            to: ParticipantId,
            from: ParticipantId,
            epoch: Epoch,
            signal: &'a Stamp,
        }
        let from = self.welcome.you;
        let body = serde_json::to_string(&Body {
            to,
            from,
            epoch,
            signal,
        })
        .map_err(std::io::Error::from)?;
        let message = Message::text(format!("{{\"signal\":{body}}}"));
        Ok(self.socket.send(message).await.map_err(Box::new)?)
    }

    /// Receives the next message from the server.
    pub async fn hear(&mut self) -> Result<ServerMessage<Stamp>, LoadError> {
        hear(&mut self.socket).await
    }
}

async fn say(socket: &mut Socket, message: &ClientMessage<Stamp>) -> Result<(), LoadError> {
    let text = serde_json::to_string(message).map_err(std::io::Error::from)?;
    Ok(socket.send(Message::text(text)).await.map_err(Box::new)?)
}

async fn hear(socket: &mut Socket) -> Result<ServerMessage<Stamp>, LoadError> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => {
                let said = serde_json::from_str(&text).map_err(std::io::Error::from)?;
                if let ServerMessage::Bye { code, .. } = said {
                    return Err(LoadError::Said(format!("bye: {code:?}")));
                }
                return Ok(said);
            }
            Some(Ok(Message::Close(_))) | None => return Err(LoadError::Ended),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(Box::new(error).into()),
        }
    }
}

/// Returns tokens for `count` users of the floor, which accepts any.
pub fn strangers(count: usize) -> Vec<SessionToken> {
    (0..count)
        .map(|number| SessionToken(number.to_string()))
        .collect()
}

/// Creates `count` accounts; returns their session tokens.
pub async fn accounts(to: SocketAddr, count: usize) -> Result<Vec<SessionToken>, LoadError> {
    if !to.ip().is_loopback() {
        return Err(LoadError::Elsewhere(to));
    }
    stream::iter(0..count)
        .map(|number| account(to, number))
        .buffered(4)
        .try_collect()
        .await
}

async fn account(to: SocketAddr, number: usize) -> Result<SessionToken, LoadError> {
    let answer = post(to, "/api/accounts", number, WORTHLESS).await?;
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body);
    let signed_in = body.and_then(|body| serde_json::from_str::<SignedIn>(body).ok());
    signed_in
        .and_then(|signed_in| signed_in.token)
        .ok_or(LoadError::Said(answer))
}

/// Signs in as the user of a number; returns the response's status.
pub(crate) async fn sign_in(to: SocketAddr, number: usize, password: &str) -> Result<u16, LoadError> {
    let answer = post(to, "/api/sessions", number, password).await?;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    status.ok_or(LoadError::Said(answer))
}

/// Posts a name and a password over a new connection; returns the raw response.
async fn post(to: SocketAddr, path: &str, number: usize, password: &str) -> Result<String, LoadError> {
    let credentials = Credentials {
        name: format!("load {number}"),
        password: password.to_owned(),
    };
    let body = serde_json::to_string(&credentials).map_err(std::io::Error::from)?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(to).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}
