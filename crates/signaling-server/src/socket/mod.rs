//! The WebSocket: from the upgrade to the last word.
//!
//! One task for each socket reads and writes side by side. It owns no state of the room: what it hears goes to the
//! hub, what it says comes from its feed. Everything is bounded: the size of messages, how fast they come, how
//! long the client may be silent, and what may wait to be written.

mod frames;
mod handshake;
mod listen;
mod speak;

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
use crate::http::{App, Page, PeerAddress, cookie};
use crate::hub::Goodbye;
use crate::limits::{CLOSE_WITHIN, READ_BUFFER, WRITE_BUFFER};
use crate::pace::Pace;
use crate::places::Hold;
use frames::Framed;
use handshake::Greeting;
use listen::Listener;

/// A connection that has become a socket.
type Socket = WebSocketStream<Framed<TokioIo<Upgraded>>>;

/// Opens a socket, if there are not too many, in all and from where it comes.
///
/// axum's own upgrade is not used: it gives messages alone, and what is bounded here are frames as well.
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
    let share = app.socket_places.hold(from);
    let holds = (permit, share.ok_or(ErrorCode::ServerBusy)?);
    // The hello of the server's own page carries no token: the page does not know it.
    let cookie = cookie(request.headers(), page, &Method::GET, &app.base);
    tokio::spawn(async move {
        match upgrade.await {
            Ok(upgraded) => converse(upgraded, app, (from, cookie), holds).await,
            Err(error) => tracing::debug!(%error, "a connection did not become a socket"),
        }
    });
    Ok(accepted)
}

/// How messages are read and written.
fn config(pace: Pace) -> WebSocketConfig {
    let largest = usize::try_from(pace.message_bytes).unwrap_or(usize::MAX);
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        // One message beyond the buffer is all that is ever added before it is written out.
        .max_write_buffer_size(WRITE_BUFFER + 2 * largest)
        .max_message_size(Some(largest))
        .max_frame_size(Some(largest))
}

/// The whole life of a socket. What it holds goes back at its end.
async fn converse(
    upgraded: Upgraded,
    app: Arc<App>,
    (from, cookie): (IpAddr, Option<SessionToken>),
    _holds: (OwnedSemaphorePermit, Hold),
) {
    let framed = Framed::new(TokioIo::new(upgraded), app.pace, app.clock);
    let mut socket = Socket::from_raw_socket(framed, Role::Server, Some(config(app.pace))).await;
    let mut stopping = app.stopping.clone();
    let greeting = tokio::select! {
        greeting = handshake::hear(&mut socket, app.pace) => greeting,
        _ = stopping.wait_for(|stopping| *stopping) => Err(Some(ErrorCode::ShuttingDown)),
    };
    let entered = match greeting {
        Ok(Greeting { mut hello, room }) => {
            hello.token = hello.token.or(cookie);
            let (outbox, feed) = app.hub.outbox(app.queue);
            app.hub
                .enter(hello, room, from, outbox)
                .await
                .map(|place| (place, feed))
                .map_err(Some)
        }
        Err(code) => Err(code.map(Goodbye::from)),
    };
    let (mut sink, mut stream) = socket.split();
    match entered {
        Ok((place, feed)) => {
            let end = {
                let mut listener = Listener::new(&app, &place);
                let in_call = feed.in_call();
                let speaking = std::pin::pin!(speak::speak(&mut sink, feed, app.pace));
                let mut speaking = speaking;
                let heard = tokio::select! {
                    end = listener.listen(&mut stream, in_call) => Some(end),
                    () = &mut speaking => None,
                };
                app.hub.lost(&place, heard.flatten());
                if heard.is_some() {
                    speaking.await;
                }
                heard.flatten()
            };
            tracing::debug!(socket = ?place.socket(), ?end, "a socket ended");
        }
        Err(goodbye) => {
            if let Some(goodbye) = &goodbye {
                app.metrics.refused(goodbye.code);
            }
            speak::say_goodbye(&mut sink, goodbye).await;
        }
    }
    if let Ok(mut socket) = stream.reunite(sink) {
        // A client that does not close is left without.
        let _ = tokio::time::timeout(CLOSE_WITHIN, socket.get_mut().drain()).await;
    }
}
