//! The first message: who comes, in which version, and where to.

use futures_util::StreamExt;
use protocol::{ClientMessage, ErrorCode, Hello, RoomName};
use serde::Deserialize;
use serde_json::value::RawValue;
use tungstenite::Message;

use super::Socket;
use crate::pace::Pace;

/// A hello that can be answered.
#[derive(Debug)]
pub(super) struct Greeting {
    /// As it came.
    pub hello: Hello,
    /// The room's name, checked.
    pub room: RoomName,
}

/// What stays readable in a hello of any version.
#[derive(Deserialize)]
struct AnyHello {
    hello: AnyVersion,
}

#[derive(Deserialize)]
struct AnyVersion {
    version: u32,
}

/// Waits for hello; no code when the client went away before.
pub(super) async fn hear(socket: &mut Socket, pace: Pace) -> Result<Greeting, Option<ErrorCode>> {
    let first = tokio::time::timeout(pace.hello_within, first_message(socket)).await;
    let text = first.map_err(|_| ErrorCode::HelloExpected)??;
    read(&text).map_err(Some)
}

async fn first_message(socket: &mut Socket) -> Result<String, Option<ErrorCode>> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(text.as_str().to_owned()),
            Some(Ok(Message::Binary(_))) => return Err(Some(ErrorCode::HelloExpected)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Err(error)) => return Err(super::listen::code_of(&error)),
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
    fn a_hello_of_another_version_is_told_so_whatever_else_is_in_it() {
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
