//! WebSockets, from the upgrade to the goodbye.
//!
//! One task per socket reads and writes concurrently (`conversation`). It owns no state of the room: received messages go to the
//! hub, sent messages come from its feed. Everything is bounded: the size and rate of messages, how long the
//! client may be silent, and what may be queued for it.

mod connection;
mod conversation;
mod frames;
mod goodbye;
mod handshake;
mod receive;
mod websocket;

use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{Method, Response};
use hyper::upgrade::OnUpgrade;
use protocol::{ErrorCode, SessionToken};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{sleep, timeout};
use tungstenite::handshake::server::create_response_with_body;

use crate::accounts::Refused;
use crate::address_limits::AddressPermit;
use crate::http::{App, Page, PeerAddress, cookie};
use crate::hub::{Feed, Goodbye, SocketHandle};
use crate::limits::CLOSE_WITHIN;
use connection::Connection;
use conversation::{Conversation, End};
use handshake::Greeting;
use receive::Receiver;
use websocket::Socket;

/// A request to become a WebSocket.
struct Visit {
    upgrade: OnUpgrade,
    from: IpAddr,
    /// The session of the page's cookie.
    cookie: Option<SessionToken>,
}

/// What a socket is sent before it closes.
enum Last {
    /// The goodbye, if there is one, and the close frame.
    Goodbye(Option<Goodbye>),
    /// Nothing: the client does not read.
    Nothing,
}

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
    let visit = Box::new(Visit {
        upgrade,
        from,
        cookie,
    });
    tokio::spawn(converse(visit, app, holds));
    Ok(accepted)
}

/// Runs a socket until it ends, and then releases its permits.
///
/// This future lives as long as the socket. What happens only once in that time, at the beginning and at the end,
/// is in boxes, so that it takes no memory in between.
async fn converse(visit: Box<Visit>, app: Arc<App>, _holds: (OwnedSemaphorePermit, AddressPermit)) {
    let Some((mut socket, entered)) = Box::pin(enter(visit, Arc::clone(&app))).await else {
        return;
    };
    let last = match entered {
        Ok((handle, mut feed)) => {
            let timer = pin!(sleep(app.per_socket.pings(false)));
            let receiver = Receiver::new(&app, &handle);
            let ends = (&mut socket, &mut feed);
            let mut conversation = Conversation::new(ends, receiver, app.per_socket, timer);
            let mut end = poll_fn(|cx| conversation.poll(cx)).await;
            tracing::debug!(socket = ?handle.socket(), ?end, "a socket ended");
            if let End::Read(code) = end {
                app.hub.disconnected(&handle, code);
                conversation.receiver = None;
                end = poll_fn(|cx| conversation.poll(cx)).await;
            } else {
                app.hub.disconnected(&handle, None);
            }
            match end {
                End::Fed(goodbye) => Last::Goodbye(goodbye),
                End::Read(_) | End::Stalled => Last::Nothing,
            }
        }
        Err(goodbye) => {
            if let Some(goodbye) = &goodbye {
                app.metrics.refused(goodbye.code);
            }
            Last::Goodbye(goodbye)
        }
    };
    Box::pin(close(socket, last)).await;
}

/// Lets a client enter a room. Returns its socket, and either both ends of its place in the room, or the goodbye
/// for it; nothing if the connection has failed.
async fn enter(
    visit: Box<Visit>,
    app: Arc<App>,
) -> Option<(Socket, Result<(SocketHandle, Feed), Option<Goodbye>>)> {
    let Visit {
        upgrade,
        from,
        cookie,
    } = *visit;
    let connection = match upgrade.await {
        Ok(upgraded) => Connection::from(upgraded),
        Err(error) => {
            tracing::debug!(%error, "a WebSocket upgrade failed");
            return None;
        }
    };
    let mut socket = Socket::new(connection, app.per_socket, app.clock);
    let mut stopping = app.stopping.clone();
    let greeting = tokio::select! {
        greeting = handshake::receive_hello(&mut socket, app.per_socket) => greeting,
        _ = stopping.wait_for(|stopping| *stopping) => Err(Some(ErrorCode::ShuttingDown)),
    };
    let entered = match greeting {
        Ok(Greeting { mut hello, room }) => {
            hello.token = hello.token.or(cookie);
            let (outbox, feed) = app.hub.outbox(app.queue);
            let entered = app.hub.enter(hello, room, from, outbox).await;
            entered.map(|handle| (handle, feed)).map_err(Some)
        }
        Err(code) => Err(code.map(Goodbye::from)),
    };
    Some((socket, entered))
}

/// Closes a socket: with a goodbye if its client reads, and so that a client that does not close in time is
/// disconnected.
async fn close(mut socket: Socket, last: Last) {
    if let Last::Goodbye(goodbye) = last {
        goodbye::send_goodbye(&mut socket, goodbye).await;
    }
    let _ = timeout(CLOSE_WITHIN, socket.drain()).await;
}
