//! Clients without a session: each message of the wire protocol as the first one, and after a hello with an
//! invalid token.
//!
//! What each message does after a valid hello is in the registry's own matrix.

use protocol::{ErrorCode, SessionToken};
use serde_json::Value;
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Raw, Say, hello};
use crate::server::TestServer;

/// One example of every message.
const VECTORS: &str = include_str!("../../../protocol/tests/vectors/client-messages.json");

#[tokio::test]
async fn messages_without_a_session_are_refused() {
    let server = TestServer::start().await;
    let messages: Vec<Value> = serde_json::from_str(VECTORS).expect("the vectors");
    for message in messages {
        let text = message.to_string();
        let first = if message.get("hello").is_some() {
            ErrorCode::NotSignedIn
        } else {
            ErrorCode::HelloExpected
        };
        let mut raw = Raw::open(server.address).await;
        raw.send(Message::text(text.clone())).await;
        assert_eq!(raw.bye().await, Some(first), "{text}");

        let mut raw = Raw::open(server.address).await;
        let stranger = hello(&SessionToken("nobody's".to_owned()), "lobby");
        raw.say(&Say::Hello(stranger)).await;
        raw.send(Message::text(text.clone())).await;
        assert_eq!(raw.bye().await, Some(ErrorCode::NotSignedIn), "{text}");
    }
}
