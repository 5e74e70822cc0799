//! Says goodbye to a client, and begins to close.

use std::future::poll_fn;
use std::task::Context;

use protocol::{ErrorCode, ServerMessage};
use tokio::time::timeout;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{Message, Utf8Bytes};

use super::websocket::Socket;
use crate::hub::Goodbye;
use crate::limits::{BUSY_FOR, CLOSE_WITHIN};

fn bye(goodbye: Goodbye) -> ServerMessage<()> {
    let Goodbye { code, until, session } = goodbye;
    let busy = code == ErrorCode::ServerBusy;
    let retry_after_ms = busy.then(|| u32::try_from(BUSY_FOR.as_millis()).unwrap_or(u32::MAX));
    ServerMessage::Bye {
        code,
        retry_after_ms,
        until,
        session,
    }
}

/// Sends the goodbye, if there is one, and begins to close. Gives up if the client does not read.
pub(super) async fn send_goodbye(socket: &mut Socket, goodbye: Option<Goodbye>) {
    let mut last = Vec::new();
    if let Some(Ok(text)) = goodbye.map(|goodbye| serde_json::to_string(&bye(goodbye))) {
        last.push(Message::Text(text.into()));
    }
    last.push(Message::Close(Some(CloseFrame {
        code: CloseCode::Normal,
        reason: Utf8Bytes::default(),
    })));
    let mut last = last.into_iter();
    let written = poll_fn(|cx: &mut Context<'_>| {
        for message in last.by_ref() {
            // Fails if the client has closed already: then only the answer to that is written.
            let _ = socket.queue(cx, message);
        }
        socket.poll_flush(cx).map(|_| ())
    });
    let _ = timeout(CLOSE_WITHIN, written).await;
}
