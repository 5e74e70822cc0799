//! A minimal HTTP client: one request per connection, and all headers are visible.

use std::fmt::Write;
use std::net::SocketAddr;

use protocol::ErrorCode;
use protocol::http::Refusal;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::PATIENCE;

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn code(&self) -> ErrorCode {
        self.json::<Refusal>().code
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

pub async fn request(
    to: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\n");
    for (name, value) in headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    let _ = write!(text, "content-length: {}\r\n\r\n{body}", body.len());
    exchange(to, &text).await
}

/// Sends a request as it is; the server must close the connection after it.
pub async fn exchange(to: SocketAddr, text: &str) -> Answer {
    let exchange = async {
        let mut stream = TcpStream::connect(to).await.expect("a connection");
        // A server that refuses early may close before it has read everything.
        let _ = stream.write_all(text.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    let answer = tokio::time::timeout(PATIENCE, exchange)
        .await
        .expect("an answer in time");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .expect("a status");
    Answer {
        status,
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// Sends a request with a session's token.
pub async fn signed(to: SocketAddr, method: &str, path: &str, token: &str) -> Answer {
    signed_with(to, method, path, token, "").await
}

/// Sends a request with a session's token and a body.
pub async fn signed_with(to: SocketAddr, method: &str, path: &str, token: &str, body: &str) -> Answer {
    let headers = [("authorization", format!("Bearer {token}"))];
    request(
        to,
        method,
        path,
        &headers.each_ref().map(|(name, value)| (*name, value.as_str())),
        body,
    )
    .await
}
