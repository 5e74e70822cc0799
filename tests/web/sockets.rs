//! The socket, against a server that is not there.

use call_core::{Effect, Event, SocketEvent, SocketId, SocketOrder};
use protocol::ClientMessage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{hands, hands_of};

#[wasm_bindgen_test]
async fn a_server_that_is_not_there_closes_the_socket_and_nothing_worse() {
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
async fn a_socket_that_is_closed_or_replaced_reports_nothing_any_more() {
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
fn an_address_that_is_none_closes_the_socket_at_once() {
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
