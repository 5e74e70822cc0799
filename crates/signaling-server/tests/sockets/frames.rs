//! A client that writes WebSocket frames byte by byte, and so can break every rule of RFC 6455.

use std::net::SocketAddr;

use protocol::{ClientMessage, ErrorCode, ServerMessage, SessionToken};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Said, Say, hello};
use crate::server::PATIENCE;

/// Set in the last frame of a message.
pub const FIN: u8 = 0x80;
/// Reserved for extensions, none of which is in use.
pub const RESERVED: u8 = 0x40;
pub const CONTINUATION: u8 = 0x0;
pub const TEXT: u8 = 0x1;
pub const BINARY: u8 = 0x2;
pub const CLOSE: u8 = 0x8;
pub const PING: u8 = 0x9;
const LENGTH_FOLLOWS_IN_2: u8 = 126;
const LENGTH_FOLLOWS_IN_8: u8 = 127;

pub struct Wire(TcpStream);

/// Returns a client's frame, masked with zeros, which change nothing.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = head(first, payload.len() as u64);
    bytes.extend(payload);
    bytes
}

/// Returns the header of a masked frame with this length, whatever follows.
pub fn head(first: u8, length: u64) -> Vec<u8> {
    let mut bytes = vec![first];
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short), _) if short < LENGTH_FOLLOWS_IN_2 => bytes.push(0x80 | short),
        (_, Ok(longer)) => {
            bytes.push(0x80 | LENGTH_FOLLOWS_IN_2);
            bytes.extend(longer.to_be_bytes());
        }
        _ => {
            bytes.push(0x80 | LENGTH_FOLLOWS_IN_8);
            bytes.extend(length.to_be_bytes());
        }
    }
    bytes.extend([0; 4]);
    bytes
}

/// Returns a message with each of its bytes in a frame of its own.
pub fn crumbs(text: &str) -> Vec<u8> {
    let (last, all) = (text.len() - 1, text.as_bytes().iter().enumerate());
    all.flat_map(|(n, byte)| {
        let kind = if n == 0 { TEXT } else { CONTINUATION };
        let end = if n == last { FIN } else { 0 };
        frame(kind | end, &[*byte])
    })
    .collect()
}

pub fn text(message: &Say) -> Vec<u8> {
    frame(FIN | TEXT, &serde_json::to_vec(message).expect("JSON"))
}

impl Wire {
    /// Opens a socket that has not sent anything yet.
    pub async fn open(to: SocketAddr) -> Self {
        let mut stream = TcpStream::connect(to).await.expect("a connection");
        let upgrade = format!(
            "GET /api/socket HTTP/1.1\r\nhost: {to}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(upgrade.as_bytes()).await.expect("asked");
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.expect("an answer"));
        }
        assert!(answer.starts_with(b"HTTP/1.1 101"), "an upgrade");
        Self(stream)
    }

    /// Enters a room.
    pub async fn enter(to: SocketAddr, token: &SessionToken, room: &str) -> Self {
        let mut wire = Self::open(to).await;
        wire.send(&text(&ClientMessage::Hello(hello(token, room)))).await;
        let welcome = wire.hear().await;
        assert!(matches!(welcome, Some(ServerMessage::Welcome(_))), "{welcome:?}");
        wire
    }

    /// Sends bytes to a server that may stop reading.
    pub async fn send(&mut self, bytes: &[u8]) {
        let _ = self.0.write_all(bytes).await;
    }

    /// Sends bytes to a server that must read them all.
    pub async fn send_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        tokio::time::timeout(PATIENCE, self.0.write_all(bytes))
            .await
            .expect("taken in time")
    }

    /// Whether the server closes the connection cleanly, without a reset.
    pub async fn is_at_end(&mut self) -> bool {
        let mut rest = Vec::new();
        let read = tokio::time::timeout(PATIENCE, self.0.read_to_end(&mut rest)).await;
        read.is_ok_and(|read| read.is_ok())
    }

    /// Closes the sending direction of the connection.
    pub async fn stop_sending(&mut self) {
        self.0.shutdown().await.expect("shut down");
    }

    /// Returns the next message, or `None` once the server has closed the socket.
    pub async fn hear(&mut self) -> Option<Said> {
        let next = async {
            loop {
                let (kind, payload) = self.next_frame().await.ok()?;
                match kind {
                    TEXT => return Some(serde_json::from_slice(&payload).expect("a message of the wire")),
                    CLOSE => return None,
                    _ => {}
                }
            }
        };
        tokio::time::timeout(PATIENCE, next)
            .await
            .expect("something in time")
    }

    /// Returns the next message other than chat.
    pub async fn hear_but_chat(&mut self) -> Option<Said> {
        loop {
            match self.hear().await {
                Some(ServerMessage::Chat { .. }) => {}
                other => return other,
            }
        }
    }

    /// Skips all messages up to the goodbye, and returns its code, or `None` if there was none.
    pub async fn bye(&mut self) -> Option<ErrorCode> {
        let mut code = None;
        while let Some(said) = self.hear().await {
            if let ServerMessage::Bye { code: last, .. } = said {
                code = Some(last);
            }
        }
        code
    }

    async fn next_frame(&mut self) -> std::io::Result<(u8, Vec<u8>)> {
        let kind = self.0.read_u8().await? & 0x0f;
        let length = match self.0.read_u8().await? {
            LENGTH_FOLLOWS_IN_2 => u64::from(self.0.read_u16().await?),
            LENGTH_FOLLOWS_IN_8 => self.0.read_u64().await?,
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).expect("short")];
        self.0.read_exact(&mut payload).await?;
        Ok((kind, payload))
    }
}
