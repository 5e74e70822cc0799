//! The WebSocket: from the upgrade to the last word.
//!
//! One task for each socket reads and writes side by side. It owns no state of the room: what it hears goes to the
//! hub, what it says comes from its feed. Everything is bounded: the size of messages, how fast they come, how
//! long the client may be silent, and what may wait to be written.

mod handshake;
mod listen;
mod pace;
mod speak;

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, Method, Response};
use axum::response::IntoResponse;
use futures_util::StreamExt;
use protocol::{ErrorCode, SessionToken};
use tokio::sync::OwnedSemaphorePermit;

pub use pace::{Pace, per_minute, six_seconds};

use crate::accounts::Refused;
use crate::http::{App, Page, PeerAddress, cookie};
use crate::hub::Goodbye;
use crate::limits::{READ_BUFFER, READ_MOST, WRITE_BUFFER};
use crate::places::Hold;
use handshake::Greeting;
use listen::Listener;

/// Opens a socket, if there are not too many, in all and from where it comes.
pub async fn open(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<PeerAddress>,
    Extension(page): Extension<Page>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response<Body>, Refused> {
    let upgrade = upgrade.map_err(|_| ErrorCode::MalformedRequest)?;
    let permit = Arc::clone(&app.sockets)
        .try_acquire_owned()
        .map_err(|_| ErrorCode::ServerBusy)?;
    let from = app.client_address(peer, &headers);
    let share = app.socket_places.hold(from);
    let holds = (permit, share.ok_or(ErrorCode::ServerBusy)?);
    // The hello of the server's own page carries no token: the page does not know it.
    let cookie = cookie(&headers, page, &Method::GET);
    let largest = usize::try_from(app.pace.message_bytes).unwrap_or(usize::MAX);
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        // One message beyond the buffer is all that is ever added before it is written out.
        .max_write_buffer_size(WRITE_BUFFER + 2 * largest)
        .max_message_size(READ_MOST * largest)
        .max_frame_size(READ_MOST * largest);
    Ok(upgrade
        .on_upgrade(move |socket| converse(socket, app, (from, cookie), holds))
        .into_response())
}

/// The whole life of a socket. What it holds goes back at its end.
async fn converse(
    mut socket: WebSocket,
    app: Arc<App>,
    (from, cookie): (IpAddr, Option<SessionToken>),
    _holds: (OwnedSemaphorePermit, Hold),
) {
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
                .map(|id| (id, feed))
                .map_err(Some)
        }
        Err(code) => Err(code),
    };
    let (mut sink, mut stream) = socket.split();
    match entered {
        Ok((id, feed)) => {
            let end = {
                let mut listener = Listener::new(&app, id);
                let in_call = feed.in_call();
                let speaking = std::pin::pin!(speak::speak(&mut sink, feed, app.pace));
                let mut speaking = speaking;
                let heard = tokio::select! {
                    end = listener.listen(&mut stream, in_call) => Some(end),
                    () = &mut speaking => None,
                };
                app.hub.lost(id, heard.flatten());
                if heard.is_some() {
                    speaking.await;
                }
                heard.flatten()
            };
            tracing::debug!(?id, ?end, "a socket ended");
        }
        Err(code) => {
            if let Some(code) = code {
                app.metrics.refused(code);
            }
            speak::say_goodbye(&mut sink, code.map(Goodbye::from)).await;
        }
    }
    listen::drain(&mut stream).await;
}
