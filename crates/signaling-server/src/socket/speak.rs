//! Talking to a client: all that waits is fed before one flush, pings in between, and a last word at the end.

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
use crate::pace::Pace;

/// Messages that are written before one flush, at most.
const BATCH: usize = 64;

/// Says what the feed has, until it ends or the client takes nothing more.
pub(super) async fn speak(sink: &mut SplitSink<Socket, Message>, mut feed: Feed, pace: Pace) {
    let mut in_call = feed.in_call();
    let mut pings = pings(pace, *in_call.borrow_and_update());
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
                pings = self::pings(pace, *in_call.borrow_and_update());
                continue;
            }
            _ = pings.tick() => timeout(WRITE_WITHIN, sink.send(Message::Ping(Vec::new().into()))).await,
        };
        if !matches!(written, Ok(Ok(()))) {
            return;
        }
    }
    say_goodbye(sink, feed.last_word()).await;
}

fn pings(pace: Pace, in_call: bool) -> Interval {
    let mut pings = interval(pace.pings(in_call));
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

/// Says the last word, if there is one, and begins to close. A client that does not take it is left without.
pub(super) async fn say_goodbye(sink: &mut SplitSink<Socket, Message>, goodbye: Option<Goodbye>) {
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
