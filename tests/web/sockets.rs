//! The socket, without a server.

use call_core::{Effect, Event, SocketEvent, SocketId, SocketOrder};
use protocol::ClientMessage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{hands_of, shell};

#[wasm_bindgen_test]
async fn missing_server_closes_socket() {
    let (mut shell, log) = shell();
    shell.execute(Effect::Socket(SocketOrder::Open(SocketId(1))));
    shell.execute(Effect::Socket(SocketOrder::Send(ClientMessage::Ping {})));
    log.until(&Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    })
    .await;
    shell.execute(Effect::Socket(SocketOrder::Send(ClientMessage::Ping {})));
    shell.execute(Effect::Socket(SocketOrder::Close));
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
    let (mut shell, log) = shell();
    shell.execute(Effect::Socket(SocketOrder::Open(SocketId(1))));
    shell.execute(Effect::Socket(SocketOrder::Open(SocketId(2))));
    shell.execute(Effect::Socket(SocketOrder::Close));
    shell.execute(Effect::Socket(SocketOrder::Open(SocketId(3))));
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
    let (mut shell, log) = hands_of("https://[");
    shell.execute(Effect::Socket(SocketOrder::Open(SocketId(7))));
    assert_eq!(
        log.events(),
        [Event::Socket {
            socket: SocketId(7),
            event: SocketEvent::Closed
        }]
    );
}
