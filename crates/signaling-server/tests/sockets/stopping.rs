//! Clean shutdown.

use protocol::{ErrorCode, ServerMessage};

use crate::client::{Client, Raw};
use crate::server::TestServer;

#[tokio::test]
async fn every_socket_gets_a_goodbye_with_or_without_hello() {
    let mut server = TestServer::start().await;
    let clients = server.lobby(3).await;
    let mut raw = Raw::open(server.address).await;
    server.ask_to_stop();
    assert_eq!(raw.bye().await, Some(ErrorCode::ShuttingDown));
    for client in clients {
        assert_eq!(client.bye().await, Some(ErrorCode::ShuttingDown));
    }
    server.stop().await;
}

#[tokio::test]
async fn unresponsive_client_does_not_delay_stopping() {
    let server = TestServer::start().await;
    let client: Client = server.someone_in("lobby").await;
    server.stop().await;
    let mut raw = client.into_raw();
    let mut last = None;
    while let Some(message) = raw.hear().await {
        last = Some(message);
    }
    assert_eq!(
        last,
        Some(ServerMessage::Bye {
            code: ErrorCode::ShuttingDown,
            retry_after_ms: None,
            until: None,
            session: None,
        })
    );
}
