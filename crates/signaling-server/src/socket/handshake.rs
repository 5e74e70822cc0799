//! Reads the first message of a socket: hello, with the version, the session and the room.

use protocol::{ClientMessage, ErrorCode, Hello, RoomName};
use serde::Deserialize;
use serde_json::value::RawValue;
use tungstenite::Message;

use super::websocket::Socket;
use crate::socket_limits::SocketLimits;

/// A hello that can be answered: its version is supported, and its room's name is valid.
#[derive(Debug)]
pub(super) struct Greeting {
    /// The hello as received.
    pub hello: Hello,
    /// The parsed room name.
    pub room: RoomName,
}

/// The part of hello that stays readable in every version.
#[derive(Deserialize)]
struct AnyHello {
    hello: AnyVersion,
}

#[derive(Deserialize)]
struct AnyVersion {
    version: u32,
}

/// Waits for hello. The error has no code if the client went away before.
pub(super) async fn receive_hello(
    socket: &mut Socket,
    per_socket: SocketLimits,
) -> Result<Greeting, Option<ErrorCode>> {
    let first = tokio::time::timeout(per_socket.hello_within, first_message(socket)).await;
    let text = first.map_err(|_| ErrorCode::HelloExpected)??;
    read(&text).map_err(Some)
}

async fn first_message(socket: &mut Socket) -> Result<String, Option<ErrorCode>> {
    loop {
        match socket.message().await {
            Some(Ok(Message::Text(text))) => return Ok(text.as_str().to_owned()),
            Some(Ok(Message::Binary(_))) => return Err(Some(ErrorCode::HelloExpected)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Err(error)) => return Err(super::receive::code_of(&error)),
            Some(Ok(Message::Close(_) | Message::Frame(_))) | None => return Err(None),
        }
    }
}

fn read(text: &str) -> Result<Greeting, ErrorCode> {
    if let Ok(AnyHello { hello }) = serde_json::from_str(text)
        && hello.version != protocol::VERSION
    {
        return Err(ErrorCode::UnsupportedVersion);
    }
    let Ok(ClientMessage::Hello(hello)) = protocol::decode::<ClientMessage<Box<RawValue>>>(text) else {
        return Err(ErrorCode::HelloExpected);
    };
    let room = RoomName::parse(&hello.room).map_err(|_| ErrorCode::InvalidRoomName)?;
    Ok(Greeting { hello, room })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_version_is_refused_whatever_else_it_contains() {
        let refused = |text| read(text).map(|_| ()).expect_err("a refusal");
        assert_eq!(
            refused(r#"{"hello":{"version":0,"who":"me"}}"#),
            ErrorCode::UnsupportedVersion
        );
        assert_eq!(refused(r#"{"hello":{"version":1}}"#), ErrorCode::HelloExpected);
        assert_eq!(refused(r#"{"ping":{}}"#), ErrorCode::HelloExpected);
        assert_eq!(
            refused(r#"{"hello":{"version":1,"token":"t","room":"a/b"}}"#),
            ErrorCode::InvalidRoomName
        );
    }
}
