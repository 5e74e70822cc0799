//! Sends to a client: queued messages in batches with one flush each, pings in between, and a goodbye at the
//! end.

use futures_util::SinkExt;
use futures_util::stream::SplitSink;
use protocol::{ErrorCode, ServerMessage};
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{Error, Message, Utf8Bytes};

use super::Socket;
use crate::hub::{Feed, Goodbye};
use crate::limits::{BUSY_FOR, CLOSE_WITHIN, WRITE_WITHIN};
use crate::socket_limits::SocketLimits;

/// Messages that are written before one flush, at most.
const BATCH: usize = 64;

/// Sends the messages of the feed, until it ends or the client stops reading.
pub(super) async fn send(sink: &mut SplitSink<Socket, Message>, mut feed: Feed, per_socket: SocketLimits) {
    let mut in_call = feed.in_call();
    let mut pings = pings(per_socket, *in_call.borrow_and_update());
    let mut batch: Vec<Utf8Bytes> = Vec::with_capacity(BATCH);
    loop {
        let written = tokio::select! {
            () = feed.next(&mut batch, BATCH) => {
                if batch.is_empty() {
                    break;
                }
                timeout(WRITE_WITHIN, write(sink, &mut batch)).await
            }
            Ok(()) = in_call.changed() => {
                pings = self::pings(per_socket, *in_call.borrow_and_update());
                continue;
            }
            _ = pings.tick() => timeout(WRITE_WITHIN, sink.send(Message::Ping(Vec::new().into()))).await,
        };
        if !matches!(written, Ok(Ok(()))) {
            return;
        }
    }
    send_goodbye(sink, feed.goodbye()).await;
}

fn pings(per_socket: SocketLimits, in_call: bool) -> Interval {
    let mut pings = interval(per_socket.pings(in_call));
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings.reset();
    pings
}

async fn write(sink: &mut SplitSink<Socket, Message>, batch: &mut Vec<Utf8Bytes>) -> Result<(), Error> {
    for text in batch.drain(..) {
        sink.feed(Message::Text(text)).await?;
    }
    sink.flush().await
}

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
pub(super) async fn send_goodbye(sink: &mut SplitSink<Socket, Message>, goodbye: Option<Goodbye>) {
    let goodbye = async {
        let word = goodbye.map(|goodbye| serde_json::to_string(&bye(goodbye)));
        if let Some(Ok(text)) = word {
            sink.feed(Message::Text(text.into())).await?;
        }
        let frame = CloseFrame {
            code: CloseCode::Normal,
            reason: Utf8Bytes::default(),
        };
        sink.send(Message::Close(Some(frame))).await
    };
    let _ = timeout(CLOSE_WITHIN, goodbye).await;
}
