//! WebSockets, from the upgrade to the goodbye.
//!
//! One task per socket reads and writes concurrently. It owns no state of the room: received messages go to the
//! hub, sent messages come from its feed. Everything is bounded: the size and rate of messages, how long the
//! client may be silent, and what may be queued for it.

mod frames;
mod handshake;
mod receive;
mod send;

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{Method, Response};
use futures_util::StreamExt;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use protocol::{ErrorCode, SessionToken};
use tokio::sync::OwnedSemaphorePermit;
use tokio_tungstenite::WebSocketStream;
use tungstenite::handshake::server::create_response_with_body;
use tungstenite::protocol::{Role, WebSocketConfig};

use crate::accounts::Refused;
use crate::address_limits::AddressPermit;
use crate::http::{App, Page, PeerAddress, cookie};
use crate::hub::Goodbye;
use crate::limits::{CLOSE_WITHIN, READ_BUFFER, WRITE_BUFFER};
use crate::socket_limits::SocketLimits;
use frames::Framed;
use handshake::Greeting;
use receive::Receiver;

/// A connection that has become a WebSocket.
type Socket = WebSocketStream<Framed<TokioIo<Upgraded>>>;

/// Upgrades a connection to a WebSocket, unless there are too many, in all or from this address.
///
/// axum's own upgrade is not used: it yields messages only, but frames have to be bounded as well.
pub async fn open(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<PeerAddress>,
    Extension(page): Extension<Page>,
    mut request: Request,
) -> Result<Response<Body>, Refused> {
    let upgrade = request.extensions_mut().remove::<OnUpgrade>();
    let upgrade = upgrade.ok_or(ErrorCode::MalformedRequest)?;
    let accepted =
        create_response_with_body(&request, Body::empty).map_err(|_| ErrorCode::MalformedRequest)?;
    let permit = Arc::clone(&app.sockets)
        .try_acquire_owned()
        .map_err(|_| ErrorCode::ServerBusy)?;
    let from = app.client_address(peer, request.headers());
    let share = app.socket_permits.hold(from);
    let holds = (permit, share.ok_or(ErrorCode::ServerBusy)?);
    // The hello of the server's own page carries no token: the page cannot read it.
    let cookie = cookie(request.headers(), page, &Method::GET, &app.base);
    tokio::spawn(async move {
        match upgrade.await {
            Ok(upgraded) => converse(upgraded, app, (from, cookie), holds).await,
            Err(error) => tracing::debug!(%error, "a WebSocket upgrade failed"),
        }
    });
    Ok(accepted)
}

/// Returns the configuration of the WebSocket library.
fn config(per_socket: SocketLimits) -> WebSocketConfig {
    let largest = usize::try_from(per_socket.message_bytes).unwrap_or(usize::MAX);
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        // At most one message beyond the buffer is added before it is written out.
        .max_write_buffer_size(WRITE_BUFFER + 2 * largest)
        .max_message_size(Some(largest))
        .max_frame_size(Some(largest))
}

/// Runs a socket until it ends, and then releases its permits.
async fn converse(
    upgraded: Upgraded,
    app: Arc<App>,
    (from, cookie): (IpAddr, Option<SessionToken>),
    _holds: (OwnedSemaphorePermit, AddressPermit),
) {
    let framed = Framed::new(TokioIo::new(upgraded), app.per_socket, app.clock);
    let mut socket = Socket::from_raw_socket(framed, Role::Server, Some(config(app.per_socket))).await;
    let mut stopping = app.stopping.clone();
    let greeting = tokio::select! {
        greeting = handshake::receive_hello(&mut socket, app.per_socket) => greeting,
        _ = stopping.wait_for(|stopping| *stopping) => Err(Some(ErrorCode::ShuttingDown)),
    };
    let entered = match greeting {
        Ok(Greeting { mut hello, room }) => {
            hello.token = hello.token.or(cookie);
            let (outbox, feed) = app.hub.outbox(app.queue);
            app.hub
                .enter(hello, room, from, outbox)
                .await
                .map(|handle| (handle, feed))
                .map_err(Some)
        }
        Err(code) => Err(code.map(Goodbye::from)),
    };
    let (mut sink, mut stream) = socket.split();
    match entered {
        Ok((handle, feed)) => {
            let end = {
                let mut receiver = Receiver::new(&app, &handle);
                let in_call = feed.in_call();
                let sending = std::pin::pin!(send::send(&mut sink, feed, app.per_socket));
                let mut sending = sending;
                let heard = tokio::select! {
                    end = receiver.receive(&mut stream, in_call) => Some(end),
                    () = &mut sending => None,
                };
                app.hub.disconnected(&handle, heard.flatten());
                if heard.is_some() {
                    sending.await;
                }
                heard.flatten()
            };
            tracing::debug!(socket = ?handle.socket(), ?end, "a socket ended");
        }
        Err(goodbye) => {
            if let Some(goodbye) = &goodbye {
                app.metrics.refused(goodbye.code);
            }
            send::send_goodbye(&mut sink, goodbye).await;
        }
    }
    if let Ok(mut socket) = stream.reunite(sink) {
        // A client that does not close in time is disconnected.
        let _ = tokio::time::timeout(CLOSE_WITHIN, socket.get_mut().drain()).await;
    }
}
