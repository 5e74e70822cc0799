//! What waits for one socket: messages that are text already, bounded in number and in bytes, and the last word.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use axum::extract::ws::Utf8Bytes;
use protocol::ErrorCode;
use tokio::sync::mpsc;

use crate::limits::{OUTBOX_BYTES, OUTBOX_MESSAGES};

/// The end that is pushed to; the hub alone holds it. Dropping it ends the feed.
#[derive(Debug)]
pub struct Outbox {
    messages: mpsc::Sender<Utf8Bytes>,
    shared: Arc<Shared>,
}

/// The end that the socket writes from.
#[derive(Debug)]
pub struct Feed {
    messages: mpsc::Receiver<Utf8Bytes>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    bytes: AtomicUsize,
    last_word: OnceLock<ErrorCode>,
}

/// The bound is reached: the client reads too slowly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Outbox {
    /// Both ends of an empty one.
    pub fn new() -> (Self, Feed) {
        let (sender, receiver) = mpsc::channel(OUTBOX_MESSAGES);
        let shared = Arc::new(Shared::default());
        (
            Self {
                messages: sender,
                shared: Arc::clone(&shared),
            },
            Feed {
                messages: receiver,
                shared,
            },
        )
    }

    /// Adds a message.
    pub fn push(&self, message: Utf8Bytes) -> Result<(), Full> {
        let bytes = message.len();
        // Counted before it is sent: the other end takes it off as soon as it is there.
        let waiting = self.shared.bytes.fetch_add(bytes, Ordering::Relaxed);
        if waiting + bytes > OUTBOX_BYTES {
            self.shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
            return Err(Full);
        }
        match self.messages.try_send(message) {
            // Closed: the socket is gone, and its task is about to say so.
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => Ok(()),
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
                Err(Full)
            }
        }
    }

    /// Ends the feed after what is in it, with a last word.
    pub fn close(self, code: Option<ErrorCode>) {
        if let Some(code) = code {
            let _ = self.shared.last_word.set(code);
        }
    }
}

impl Feed {
    /// Waits for messages and takes all that are there, up to `most`; nothing at the end.
    pub async fn next(&mut self, batch: &mut Vec<Utf8Bytes>, most: usize) {
        self.messages.recv_many(batch, most).await;
        let bytes = batch.iter().map(|message| message.len()).sum();
        self.shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// What to say last, known when the feed has ended.
    pub fn last_word(&self) -> Option<ErrorCode> {
        self.shared.last_word.get().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_full_at_its_bound_of_messages() {
        let (outbox, _feed) = Outbox::new();
        for _ in 0..OUTBOX_MESSAGES {
            assert_eq!(outbox.push("x".into()), Ok(()));
        }
        assert_eq!(outbox.push("x".into()), Err(Full));
    }

    #[tokio::test]
    async fn it_is_full_at_its_bound_of_bytes_until_some_are_read() {
        let (outbox, mut feed) = Outbox::new();
        let half = Utf8Bytes::from("x".repeat(OUTBOX_BYTES / 2));
        assert_eq!(outbox.push(half.clone()), Ok(()));
        assert_eq!(outbox.push(half.clone()), Ok(()));
        assert_eq!(outbox.push("x".into()), Err(Full));
        feed.next(&mut Vec::new(), 1).await;
        assert_eq!(outbox.push(half), Ok(()));
    }

    #[tokio::test]
    async fn what_was_pushed_comes_before_the_last_word() {
        let (outbox, mut feed) = Outbox::new();
        assert_eq!(outbox.push("x".into()), Ok(()));
        outbox.close(Some(ErrorCode::ShuttingDown));
        let mut batch = Vec::new();
        feed.next(&mut batch, 8).await;
        assert_eq!(batch.len(), 1);
        batch.clear();
        feed.next(&mut batch, 8).await;
        assert!(batch.is_empty());
        assert_eq!(feed.last_word(), Some(ErrorCode::ShuttingDown));
    }
}
