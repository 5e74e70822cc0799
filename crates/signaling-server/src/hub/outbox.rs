//! The outbox of a socket: serialized messages, bounded in number and in bytes, and a final goodbye.
//!
//! A message may wait until rooms are saved (`keeping`); those behind it wait with it, so the order is kept. The
//! socket's task is woken when there is a message to write, and not before.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use protocol::http::SessionInfo;
use protocol::{ErrorCode, UnixMillis};
use registry::lock;
use tungstenite::Utf8Bytes;

use crate::limits::{OUTBOX_BYTES, OUTBOX_MESSAGES};

/// Room for messages that an empty queue keeps.
const SPARE: usize = 8;

/// The sending end, which only the hub holds. Dropping it ends the feed.
#[derive(Debug)]
pub struct Outbox(Arc<Shared>);

/// The receiving end, which the socket writes from.
#[derive(Debug)]
pub struct Feed {
    shared: Arc<Shared>,
    in_call: bool,
}

/// What a feed has next.
#[derive(Debug, PartialEq, Eq)]
pub enum Fed {
    /// A message to write.
    Text(Utf8Bytes),
    /// Whether the socket's seat is in a call has changed to this.
    InCall(bool),
    /// Nothing more; the goodbye, if there is one.
    End(Option<Goodbye>),
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

#[derive(Debug)]
struct Shared {
    bounds: QueueBounds,
    kept: Arc<Kept>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Item>,
    bytes: usize,
    in_call: bool,
    goodbye: Option<Box<Goodbye>>,
    /// The hub queues nothing more.
    ended: bool,
    /// The socket is gone, and its task is about to report that.
    gone: bool,
    /// The socket's task, while it waits.
    waker: Option<Waker>,
    /// The number of the latest job whose end wakes the socket's task.
    wakes_after: u64,
}

/// The number of the last finished job, and the sockets that wait for later ones.
#[derive(Debug, Default)]
pub struct Kept {
    last: AtomicU64,
    waiting: Mutex<Vec<(u64, Arc<Shared>)>>,
}

impl Kept {
    /// Ends a job: messages that waited for it are sent.
    pub fn finish(&self, number: u64) {
        self.last.store(number, Ordering::Release);
        let due: Vec<_> = lock(&self.waiting)
            .extract_if(.., |(after, _)| *after <= number)
            .collect();
        for (_, shared) in due {
            wake(&mut lock(&shared.state));
        }
    }

    fn has(&self, after: u64) -> bool {
        // A message without a job reads nothing that other cores write.
        after == 0 || self.last.load(Ordering::Acquire) >= after
    }
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
    /// Creates both ends of an empty outbox.
    pub fn new(bounds: QueueBounds, kept: Arc<Kept>) -> (Self, Feed) {
        let state = Mutex::default();
        let shared = Arc::new(Shared { bounds, kept, state });
        let feed = Feed {
            shared: Arc::clone(&shared),
            in_call: false,
        };
        (Self(shared), feed)
    }

    /// Queues a message, to be sent after job `after`; 0 means at once.
    pub fn push(&self, text: Utf8Bytes, after: u64) -> Result<(), Full> {
        let Shared { bounds, kept, state } = &*self.0;
        let mut state = lock(state);
        if state.gone {
            return Ok(());
        }
        let bytes = state.bytes + text.len();
        if state.queue.len() >= count(bounds.messages) || bytes > count(bounds.bytes) {
            return Err(Full);
        }
        state.bytes = bytes;
        let first = state.queue.is_empty();
        state.queue.push_back(Item { text, after });
        if after > state.wakes_after && !kept.has(after) {
            state.wakes_after = after;
            lock(&kept.waiting).push((after, Arc::clone(&self.0)));
        }
        // Behind others, it is sent with them. The job may have ended since it was looked at.
        if first && kept.has(after) {
            wake(&mut state);
        }
        Ok(())
    }

    /// Sets whether the socket's seat is in a call, which shortens its ping interval and timeout.
    pub fn set_in_call(&self, in_call: bool) {
        let mut state = lock(&self.0.state);
        if std::mem::replace(&mut state.in_call, in_call) != in_call {
            wake(&mut state);
        }
    }

    /// Ends the feed after the queued messages, with an optional goodbye.
    pub fn close(self, goodbye: Option<Goodbye>) {
        lock(&self.0.state).goodbye = goodbye.map(Box::new);
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.ended = true;
        wake(&mut state);
    }
}

impl Feed {
    /// Polls for what is next. Once it has ended, the end is all that it returns.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Fed> {
        let mut state = lock(&self.shared.state);
        if self.in_call != state.in_call {
            self.in_call = state.in_call;
            return Poll::Ready(Fed::InCall(state.in_call));
        }
        let first = state.queue.front().map(|first| first.after);
        if first.is_none() && state.ended {
            return Poll::Ready(Fed::End(state.goodbye.as_deref().cloned()));
        }
        let due = first.is_some_and(|after| self.shared.kept.has(after));
        if let Some(Item { text, .. }) = due.then(|| state.queue.pop_front()).flatten() {
            state.bytes -= text.len();
            return Poll::Ready(Fed::Text(text));
        }
        if first.is_none() && state.queue.capacity() > SPARE {
            state.queue = VecDeque::new();
        }
        if !state
            .waker
            .as_ref()
            .is_some_and(|waker| waker.will_wake(cx.waker()))
        {
            state.waker = Some(cx.waker().clone());
        }
        // The job may have ended between the two, and found no one to wake.
        if first.is_some_and(|after| self.shared.kept.has(after)) {
            wake(&mut state);
        }
        Poll::Pending
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        let mut state = lock(&self.shared.state);
        (state.gone, state.queue) = (true, VecDeque::new());
        state.waker = None;
    }
}

fn wake(state: &mut State) {
    if let Some(waker) = state.waker.take() {
        waker.wake();
    }
}

fn count(bound: u32) -> usize {
    usize::try_from(bound).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    fn outbox() -> (Outbox, Feed) {
        Outbox::new(QueueBounds::default(), Arc::default())
    }

    async fn next(feed: &mut Feed) -> Fed {
        poll_fn(|cx| feed.poll_next(cx)).await
    }

    fn text(text: &str) -> Fed {
        Fed::Text(text.into())
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
        assert_eq!(next(&mut feed).await, Fed::Text(half.clone()));
        assert_eq!(outbox.push(half, 0), Ok(()));
    }

    #[tokio::test]
    async fn queued_messages_precede_the_goodbye() {
        let (outbox, mut feed) = outbox();
        assert_eq!(outbox.push("x".into(), 0), Ok(()));
        outbox.close(Some(ErrorCode::ShuttingDown.into()));
        assert_eq!(next(&mut feed).await, text("x"));
        for _ in 0..2 {
            let end = Fed::End(Some(ErrorCode::ShuttingDown.into()));
            assert_eq!(next(&mut feed).await, end);
        }
    }

    #[tokio::test]
    async fn message_waits_for_its_job_and_blocks_later_ones() {
        let kept = Arc::new(Kept::default());
        let (outbox, mut feed) = Outbox::new(QueueBounds::default(), Arc::clone(&kept));
        for (text, after) in [("before", 0), ("change", 2), ("behind", 0)] {
            assert_eq!(outbox.push(text.into(), after), Ok(()));
        }
        assert_eq!(next(&mut feed).await, text("before"));
        kept.finish(1);
        tokio::select! {
            biased;
            early = next(&mut feed) => panic!("{early:?}"),
            () = tokio::task::yield_now() => {}
        }
        let waiting = tokio::spawn(async move { [next(&mut feed).await, next(&mut feed).await] });
        tokio::task::yield_now().await;
        kept.finish(2);
        assert_eq!(waiting.await.ok(), Some([text("change"), text("behind")]));
    }

    #[tokio::test]
    async fn waiting_task_is_woken_by_a_message_a_call_and_the_end() {
        let (outbox, mut feed) = outbox();
        let waiting = tokio::spawn(async move {
            let mut all = Vec::new();
            while !matches!(all.last(), Some(Fed::End(_))) {
                all.push(next(&mut feed).await);
            }
            all
        });
        for step in 0..2 {
            tokio::task::yield_now().await;
            if step == 0 {
                assert_eq!(outbox.push("x".into(), 0), Ok(()));
            } else {
                outbox.set_in_call(true);
            }
        }
        tokio::task::yield_now().await;
        drop(outbox);
        let all = waiting.await.expect("no panic");
        assert_eq!(all, [text("x"), Fed::InCall(true), Fed::End(None)]);
    }

    #[test]
    fn messages_to_a_socket_that_is_gone_are_dropped() {
        let (outbox, feed) = outbox();
        drop(feed);
        for _ in 0..=OUTBOX_MESSAGES {
            assert_eq!(outbox.push("x".into(), 0), Ok(()));
        }
    }
}
