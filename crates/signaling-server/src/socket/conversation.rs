//! The conversation with a client that is in a room: reads and writes concurrently, with pings and timeouts.
//!
//! All of it is one future with one timer and without buffers of its own, since most sockets are idle most of the
//! time. The timer is moved only when it fires or when a deadline comes closer, so a message costs no timer.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use protocol::ErrorCode;
use tokio::time::{Instant, Sleep};
use tungstenite::{Error, Message};

use super::receive::Receiver;
use super::websocket::Socket;
use crate::hub::{Fed, Feed, Goodbye};
use crate::limits::WRITE_WITHIN;
use crate::socket_limits::SocketLimits;

/// Messages that are written before one flush, at most.
const BATCH: usize = 64;

/// How a conversation ends.
#[derive(Debug)]
pub(super) enum End {
    /// Nothing more is read: the client has closed, or the socket is to be closed with a code.
    Read(Option<ErrorCode>),
    /// The feed has ended, and all of it is written.
    Fed(Option<Goodbye>),
    /// The client does not read, or the connection failed.
    Stalled,
}

/// A conversation.
pub(super) struct Conversation<'a> {
    pub socket: &'a mut Socket,
    pub feed: &'a mut Feed,
    /// Handles what is read; `None` once nothing is read any more.
    pub receiver: Option<Receiver<'a>>,
    limits: SocketLimits,
    in_call: bool,
    /// When the client was heard last.
    heard: Instant,
    /// When the next ping is due.
    ping: Instant,
    /// Since when a write has been waiting.
    blocked: Option<Instant>,
    timer: Pin<&'a mut Sleep>,
}

impl<'a> Conversation<'a> {
    /// Begins a conversation; `timer` is any.
    pub fn new(
        (socket, feed): (&'a mut Socket, &'a mut Feed),
        receiver: Receiver<'a>,
        limits: SocketLimits,
        timer: Pin<&'a mut Sleep>,
    ) -> Self {
        let now = Instant::now();
        Self {
            socket,
            feed,
            receiver: Some(receiver),
            limits,
            in_call: false,
            heard: now,
            ping: now + limits.pings(false),
            blocked: None,
            timer,
        }
    }

    /// Reads all that is there, and writes all that can be written.
    pub fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        if let Poll::Ready(end) = self.read(cx) {
            return Poll::Ready(end);
        }
        loop {
            if let Poll::Ready(end) = self.write(cx) {
                return Poll::Ready(end);
            }
            match self.look_at_time(cx) {
                Poll::Ready(Some(end)) => return Poll::Ready(end),
                // A ping is queued.
                Poll::Ready(None) => {}
                Poll::Pending => break,
            }
        }
        // In a call, the next signal is near.
        if !self.in_call {
            self.socket.rest();
        }
        Poll::Pending
    }

    fn read(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        let Some(receiver) = &mut self.receiver else {
            return Poll::Pending;
        };
        let mut heard = false;
        while let Poll::Ready(read) = self.socket.poll_message(cx) {
            if let Err(code) = receiver.handle(read) {
                return Poll::Ready(End::Read(code));
            }
            heard = true;
        }
        if heard {
            self.heard = Instant::now();
        }
        Poll::Pending
    }

    fn write(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        match self.try_write(cx) {
            Ok(polled) => polled.map(End::Fed),
            Err(error) => {
                tracing::debug!(%error, "a socket failed");
                Poll::Ready(End::Stalled)
            }
        }
    }

    /// Writes messages in batches with one flush each. Returns the goodbye at the end of the feed.
    fn try_write(&mut self, cx: &mut Context<'_>) -> Result<Poll<Option<Goodbye>>, Error> {
        loop {
            if self.socket.unwritten() {
                match self.socket.poll_flush(cx) {
                    Poll::Ready(flushed) => flushed?,
                    Poll::Pending => {
                        self.blocked.get_or_insert_with(Instant::now);
                        return Ok(Poll::Pending);
                    }
                }
                self.blocked = None;
            }
            for _ in 0..BATCH {
                match self.feed.poll_next(cx) {
                    Poll::Ready(Fed::Text(text)) => {
                        if !self.socket.queue(cx, Message::Text(text))? {
                            break;
                        }
                    }
                    Poll::Ready(Fed::InCall(in_call)) => self.pace(in_call),
                    // What precedes it is flushed first.
                    Poll::Ready(Fed::End(_)) if self.socket.unwritten() => break,
                    Poll::Ready(Fed::End(goodbye)) => return Ok(Poll::Ready(goodbye)),
                    Poll::Pending => break,
                }
            }
            if !self.socket.unwritten() {
                return Ok(Poll::Pending);
            }
        }
    }

    /// Changes the intervals when a call begins or ends.
    fn pace(&mut self, in_call: bool) {
        let now = Instant::now();
        (self.in_call, self.heard) = (in_call, now);
        self.ping = now + self.limits.pings(in_call);
    }

    /// Ends the conversation when a deadline has passed, or queues a ping (`None`).
    fn look_at_time(&mut self, cx: &mut Context<'_>) -> Poll<Option<End>> {
        let due = self.next_deadline();
        if due < self.timer.deadline() {
            self.timer.as_mut().reset(due);
        }
        while self.timer.as_mut().poll(cx).is_ready() {
            let now = Instant::now();
            let passed = |since: Instant, within: Duration| since + within <= now;
            if self.blocked.is_some_and(|since| passed(since, WRITE_WITHIN)) {
                return Poll::Ready(Some(End::Stalled));
            }
            if self.receiver.is_some() && passed(self.heard, self.limits.patience(self.in_call)) {
                return Poll::Ready(Some(End::Read(Some(ErrorCode::Silent))));
            }
            if self.blocked.is_none() && self.ping <= now {
                self.ping = now + self.limits.pings(self.in_call);
                let queued = self.socket.queue(cx, Message::Ping(tungstenite::Bytes::new()));
                return Poll::Ready(queued.is_err().then_some(End::Stalled));
            }
            let next = self.next_deadline();
            self.timer.as_mut().reset(next);
        }
        Poll::Pending
    }

    fn next_deadline(&self) -> Instant {
        let next = self.blocked.map_or(self.ping, |since| since + WRITE_WITHIN);
        if self.receiver.is_some() {
            next.min(self.heard + self.limits.patience(self.in_call))
        } else {
            next
        }
    }
}
