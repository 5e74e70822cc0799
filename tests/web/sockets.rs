//! The socket, without a server.

use call_core::{Effect, Event, SocketEvent, SocketId, SocketOrder};
use protocol::ClientMessage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{hands, hands_of};

#[wasm_bindgen_test]
async fn missing_server_closes_socket() {
    let (mut hands, log) = hands();
    hands.execute(Effect::Socket(SocketOrder::Open(SocketId(1))));
    hands.execute(Effect::Socket(SocketOrder::Send(ClientMessage::Ping {})));
    log.until(&Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    })
    .await;
    hands.execute(Effect::Socket(SocketOrder::Send(ClientMessage::Ping {})));
    hands.execute(Effect::Socket(SocketOrder::Close));
    assert_eq!(
        log.events(),
        [Event::Socket {
            socket: SocketId(1),
            event: SocketEvent::Closed
        }]
    );
}

#[wasm_bindgen_test]
async fn closed_socket_reports_nothing() {
    let (mut hands, log) = hands();
    hands.execute(Effect::Socket(SocketOrder::Open(SocketId(1))));
    hands.execute(Effect::Socket(SocketOrder::Open(SocketId(2))));
    hands.execute(Effect::Socket(SocketOrder::Close));
    hands.execute(Effect::Socket(SocketOrder::Open(SocketId(3))));
    log.until(&Event::Socket {
        socket: SocketId(3),
        event: SocketEvent::Closed,
    })
    .await;
    assert_eq!(
        log.events(),
        [Event::Socket {
            socket: SocketId(3),
            event: SocketEvent::Closed
        }]
    );
}

#[wasm_bindgen_test]
fn invalid_url_closes_socket_at_once() {
    let (mut hands, log) = hands_of("https://[");
    hands.execute(Effect::Socket(SocketOrder::Open(SocketId(7))));
    assert_eq!(
        log.events(),
        [Event::Socket {
            socket: SocketId(7),
            event: SocketEvent::Closed
        }]
    );
}
