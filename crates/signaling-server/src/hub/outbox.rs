//! What waits for one socket: messages that are text already, bounded in number and in bytes, and the last word.
//!
//! A message may have to wait until rooms are kept (`keeping`); those behind it wait with it, so their order stays.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use protocol::http::SessionInfo;
use protocol::{ErrorCode, UnixMillis};
use tokio::sync::{mpsc, watch};
use tungstenite::Utf8Bytes;

use crate::limits::{OUTBOX_BYTES, OUTBOX_MESSAGES};

/// The end that is pushed to; the hub alone holds it. Dropping it ends the feed.
#[derive(Debug)]
pub struct Outbox {
    messages: mpsc::Sender<Item>,
    in_call: watch::Sender<bool>,
    most_bytes: usize,
    shared: Arc<Shared>,
}

/// The end that the socket writes from.
#[derive(Debug)]
pub struct Feed {
    messages: mpsc::Receiver<Item>,
    /// Taken out, and not due yet.
    held: Option<Item>,
    /// The number of the last job that is done.
    kept: watch::Receiver<u64>,
    in_call: watch::Receiver<bool>,
    shared: Arc<Shared>,
}

/// How much may wait for one socket.
#[derive(Clone, Copy, Debug)]
pub struct QueueBounds {
    /// Messages.
    pub messages: u32,
    /// All of them together, in bytes.
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

/// A message, and the number of the job after which it may go out.
#[derive(Debug)]
struct Item {
    text: Utf8Bytes,
    after: u64,
}

#[derive(Debug, Default)]
struct Shared {
    bytes: AtomicUsize,
    last_word: OnceLock<Goodbye>,
}

/// What is said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goodbye {
    /// Why.
    pub code: ErrorCode,
    /// Until when, where it is so for a while.
    pub until: Option<UnixMillis>,
    /// Whose session it is, where that is another user's than was expected.
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
    /// Both ends of an empty one; `kept` tells which jobs are done.
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

    /// Adds a message, to go out after a job; 0 for at once.
    pub fn push(&self, text: Utf8Bytes, after: u64) -> Result<(), Full> {
        let bytes = text.len();
        // Counted before it is sent: the other end takes it off as soon as it is there.
        let waiting = self.shared.bytes.fetch_add(bytes, Ordering::Relaxed);
        if waiting + bytes > self.most_bytes {
            self.shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
            return Err(Full);
        }
        match self.messages.try_send(Item { text, after }) {
            // Closed: the socket is gone, and its task is about to say so.
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => Ok(()),
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
                Err(Full)
            }
        }
    }

    /// The socket is to be watched more or less closely, as its seat is in a call or not.
    pub fn set_in_call(&self, in_call: bool) {
        self.in_call
            .send_if_modified(|known| std::mem::replace(known, in_call) != in_call);
    }

    /// Ends the feed after what is in it, with a last word.
    pub fn close(self, goodbye: Option<Goodbye>) {
        if let Some(goodbye) = goodbye {
            let _ = self.shared.last_word.set(goodbye);
        }
    }
}

impl Feed {
    /// Waits for messages and takes all that are there and due, up to `most`; nothing at the end. Nothing is lost when
    /// it is not waited for to its end.
    pub async fn next(&mut self, batch: &mut Vec<Utf8Bytes>, most: usize) {
        if self.held.is_none() {
            self.held = self.messages.recv().await;
        }
        let Some(after) = self.held.as_ref().map(|item| item.after) else {
            return;
        };
        // Without a hub there is nobody any more who could say that it is done.
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

    /// Whether the seat is in a call, and when that changes.
    pub fn in_call(&self) -> watch::Receiver<bool> {
        self.in_call.clone()
    }

    /// What to say last, known when the feed has ended.
    pub fn last_word(&self) -> Option<Goodbye> {
        self.shared.last_word.get().cloned()
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
    fn it_is_full_at_its_bound_of_messages() {
        let (outbox, _feed) = outbox();
        for _ in 0..OUTBOX_MESSAGES {
            assert_eq!(outbox.push("x".into(), 0), Ok(()));
        }
        assert_eq!(outbox.push("x".into(), 0), Err(Full));
    }

    #[tokio::test]
    async fn it_is_full_at_its_bound_of_bytes_until_some_are_read() {
        let (outbox, mut feed) = outbox();
        let half = Utf8Bytes::from("x".repeat(count(OUTBOX_BYTES / 2)));
        assert_eq!(outbox.push(half.clone(), 0), Ok(()));
        assert_eq!(outbox.push(half.clone(), 0), Ok(()));
        assert_eq!(outbox.push("x".into(), 0), Err(Full));
        feed.next(&mut Vec::new(), 1).await;
        assert_eq!(outbox.push(half, 0), Ok(()));
    }

    #[tokio::test]
    async fn what_was_pushed_comes_before_the_last_word() {
        let (outbox, mut feed) = outbox();
        assert_eq!(outbox.push("x".into(), 0), Ok(()));
        outbox.close(Some(ErrorCode::ShuttingDown.into()));
        let mut batch = Vec::new();
        feed.next(&mut batch, 8).await;
        assert_eq!(batch.len(), 1);
        batch.clear();
        feed.next(&mut batch, 8).await;
        assert!(batch.is_empty());
        assert_eq!(feed.last_word(), Some(ErrorCode::ShuttingDown.into()));
    }

    #[tokio::test]
    async fn what_tells_of_a_change_waits_until_it_is_kept_and_what_follows_waits_behind_it() {
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
