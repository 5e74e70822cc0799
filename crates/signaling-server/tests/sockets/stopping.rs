//! Stopping in good order.

use protocol::{ErrorCode, ServerMessage};

use crate::client::{Client, Raw};
use crate::server::TestServer;

#[tokio::test]
async fn everybody_is_told_that_the_server_stops_whether_they_said_hello_or_not() {
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
async fn a_client_that_does_not_answer_holds_nothing_up() {
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
