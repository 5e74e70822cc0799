//! The socket, against a server that is not there.

use call_core::{Effect, Event, SocketId};
use protocol::ClientMessage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{hands, hands_of};

#[wasm_bindgen_test]
async fn a_server_that_is_not_there_closes_the_socket_and_nothing_worse() {
    let (mut hands, log) = hands();
    hands.execute(Effect::OpenSocket(SocketId(1)));
    hands.execute(Effect::Send(ClientMessage::Ping {}));
    log.until(&Event::SocketClosed(SocketId(1))).await;
    hands.execute(Effect::Send(ClientMessage::Ping {}));
    hands.execute(Effect::CloseSocket);
    assert_eq!(log.events(), [Event::SocketClosed(SocketId(1))]);
}

#[wasm_bindgen_test]
async fn a_socket_that_is_closed_or_replaced_reports_nothing_any_more() {
    let (mut hands, log) = hands();
    hands.execute(Effect::OpenSocket(SocketId(1)));
    hands.execute(Effect::OpenSocket(SocketId(2)));
    hands.execute(Effect::CloseSocket);
    hands.execute(Effect::OpenSocket(SocketId(3)));
    log.until(&Event::SocketClosed(SocketId(3))).await;
    assert_eq!(log.events(), [Event::SocketClosed(SocketId(3))]);
}

#[wasm_bindgen_test]
fn an_address_that_is_none_closes_the_socket_at_once() {
    let (mut hands, log) = hands_of("https://[");
    hands.execute(Effect::OpenSocket(SocketId(7)));
    assert_eq!(log.events(), [Event::SocketClosed(SocketId(7))]);
}
