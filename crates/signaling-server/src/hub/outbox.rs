//! The outbox of a socket: serialized messages, bounded in number and in bytes, and a final goodbye.
//!
//! A message may wait until rooms are saved (`keeping`); those behind it wait with it, so the order is kept.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use protocol::http::SessionInfo;
use protocol::{ErrorCode, UnixMillis};
use tokio::sync::{mpsc, watch};
use tungstenite::Utf8Bytes;

use crate::limits::{OUTBOX_BYTES, OUTBOX_MESSAGES};

/// The sending end, which only the hub holds. Dropping it ends the feed.
#[derive(Debug)]
pub struct Outbox {
    messages: mpsc::Sender<Item>,
    in_call: watch::Sender<bool>,
    most_bytes: usize,
    shared: Arc<Shared>,
}

/// The receiving end, which the socket writes from.
#[derive(Debug)]
pub struct Feed {
    messages: mpsc::Receiver<Item>,
    /// Taken out of the queue, and not due yet.
    held: Option<Item>,
    /// The number of the last finished job.
    kept: watch::Receiver<u64>,
    in_call: watch::Receiver<bool>,
    shared: Arc<Shared>,
}

/// Bounds of what may be queued for one socket.
#[derive(Clone, Copy, Debug)]
pub struct QueueBounds {
    /// Number of messages.
    pub messages: u32,
    /// Total size, in bytes.
    pub bytes: u32,
}

impl Default for QueueBounds {
    fn default() -> Self {
        Self {
            messages: OUTBOX_MESSAGES,
            bytes: OUTBOX_BYTES,
        }
    }
}

/// A message, and the number of the job after which it may be sent.
#[derive(Debug)]
struct Item {
    text: Utf8Bytes,
    after: u64,
}

#[derive(Debug, Default)]
struct Shared {
    bytes: AtomicUsize,
    goodbye: OnceLock<Goodbye>,
}

/// The last message to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goodbye {
    /// Why the socket closes.
    pub code: ErrorCode,
    /// When the reason ends, if it is temporary.
    pub until: Option<UnixMillis>,
    /// The user's session, if the client expected another user.
    pub session: Option<SessionInfo>,
}

impl From<ErrorCode> for Goodbye {
    fn from(code: ErrorCode) -> Self {
        Self {
            code,
            until: None,
            session: None,
        }
    }
}

/// The bound is reached: the client reads too slowly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Outbox {
    /// Creates both ends of an empty outbox. `kept` has the number of the last finished job.
    pub fn new(bounds: QueueBounds, kept: watch::Receiver<u64>) -> (Self, Feed) {
        let (sender, receiver) = mpsc::channel(count(bounds.messages));
        let shared = Arc::new(Shared::default());
        let (tell_in_call, in_call) = watch::channel(false);
        (
            Self {
                messages: sender,
                in_call: tell_in_call,
                most_bytes: count(bounds.bytes),
                shared: Arc::clone(&shared),
            },
            Feed {
                messages: receiver,
                held: None,
                kept,
                in_call,
                shared,
            },
        )
    }

    /// Queues a message, to be sent after job `after`; 0 means at once.
    pub fn push(&self, text: Utf8Bytes, after: u64) -> Result<(), Full> {
        let bytes = text.len();
        // Counted before it is sent: the receiver subtracts it as soon as it is there.
        let waiting = self.shared.bytes.fetch_add(bytes, Ordering::Relaxed);
        if waiting + bytes > self.most_bytes {
            self.shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
            return Err(Full);
        }
        match self.messages.try_send(Item { text, after }) {
            // Closed: the socket is gone, and its task is about to report that.
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => Ok(()),
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
                Err(Full)
            }
        }
    }

    /// Sets whether the socket's seat is in a call, which shortens its ping interval and timeout.
    pub fn set_in_call(&self, in_call: bool) {
        self.in_call
            .send_if_modified(|known| std::mem::replace(known, in_call) != in_call);
    }

    /// Ends the feed after the queued messages, with an optional goodbye.
    pub fn close(self, goodbye: Option<Goodbye>) {
        if let Some(goodbye) = goodbye {
            let _ = self.shared.goodbye.set(goodbye);
        }
    }
}

impl Feed {
    /// Waits for messages, and moves all that are due into `batch`, up to `most`; none at the end of the feed.
    /// Cancel safe: no message is lost.
    pub async fn next(&mut self, batch: &mut Vec<Utf8Bytes>, most: usize) {
        if self.held.is_none() {
            self.held = self.messages.recv().await;
        }
        let Some(after) = self.held.as_ref().map(|item| item.after) else {
            return;
        };
        // Fails when the hub is gone: then no job will be reported any more.
        let _ = self.kept.wait_for(|done| *done >= after).await;
        let done = *self.kept.borrow();
        while let Some(Item { text, .. }) = self.held.take() {
            self.shared.bytes.fetch_sub(text.len(), Ordering::Relaxed);
            batch.push(text);
            if batch.len() < most {
                self.held = self.messages.try_recv().ok();
            }
            if self.held.as_ref().is_some_and(|item| item.after > done) {
                return;
            }
        }
    }

    /// Watches whether the seat is in a call.
    pub fn in_call(&self) -> watch::Receiver<bool> {
        self.in_call.clone()
    }

    /// Returns the goodbye; known once the feed has ended.
    pub fn goodbye(&self) -> Option<Goodbye> {
        self.shared.goodbye.get().cloned()
    }
}

fn count(bound: u32) -> usize {
    usize::try_from(bound).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outbox() -> (Outbox, Feed) {
        Outbox::new(QueueBounds::default(), watch::Sender::new(0).subscribe())
    }

    #[test]
    fn full_at_the_message_bound() {
        let (outbox, _feed) = outbox();
        for _ in 0..OUTBOX_MESSAGES {
            assert_eq!(outbox.push("x".into(), 0), Ok(()));
        }
        assert_eq!(outbox.push("x".into(), 0), Err(Full));
    }

    #[tokio::test]
    async fn full_at_the_byte_bound_until_read() {
        let (outbox, mut feed) = outbox();
        let half = Utf8Bytes::from("x".repeat(count(OUTBOX_BYTES / 2)));
        assert_eq!(outbox.push(half.clone(), 0), Ok(()));
        assert_eq!(outbox.push(half.clone(), 0), Ok(()));
        assert_eq!(outbox.push("x".into(), 0), Err(Full));
        feed.next(&mut Vec::new(), 1).await;
        assert_eq!(outbox.push(half, 0), Ok(()));
    }

    #[tokio::test]
    async fn queued_messages_precede_the_goodbye() {
        let (outbox, mut feed) = outbox();
        assert_eq!(outbox.push("x".into(), 0), Ok(()));
        outbox.close(Some(ErrorCode::ShuttingDown.into()));
        let mut batch = Vec::new();
        feed.next(&mut batch, 8).await;
        assert_eq!(batch.len(), 1);
        batch.clear();
        feed.next(&mut batch, 8).await;
        assert!(batch.is_empty());
        assert_eq!(feed.goodbye(), Some(ErrorCode::ShuttingDown.into()));
    }

    #[tokio::test]
    async fn message_waits_for_its_job_and_blocks_later_ones() {
        let done = watch::Sender::new(0);
        let (outbox, mut feed) = Outbox::new(QueueBounds::default(), done.subscribe());
        for (text, after) in [("before", 0), ("change", 2), ("behind", 0)] {
            assert_eq!(outbox.push(text.into(), after), Ok(()));
        }
        let mut batch = Vec::new();
        feed.next(&mut batch, 8).await;
        assert_eq!(batch, ["before"]);
        done.send_replace(1);
        tokio::select! {
            biased;
            () = feed.next(&mut batch, 8) => panic!("too early"),
            () = tokio::task::yield_now() => {}
        }
        done.send_replace(2);
        feed.next(&mut batch, 8).await;
        assert_eq!(batch, ["before", "change", "behind"]);
    }
}
