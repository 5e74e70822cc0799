//! What comes on a socket before it is a message: its frames (RFC 6455 section 5.2), followed while they arrive.
//!
//! The library that reads messages holds the parts of one until the last is there, however many there are and whatever
//! they add up to. So its bytes pass through here first: a message is refused with the frame that makes it too large, and small
//! parts come only so often. Whether frames keep the other rules is looked at by the library.
//!
//! At the end of a socket, what the client still sends is read and dropped here: a connection that is closed with something
//! unread is reset, and the last word would be lost with it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use protocol::ErrorCode;
use registry::bucket::{Bucket, Rate};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

use crate::clock::Clock;
use crate::limits::READ_BUFFER;
use crate::pace::Pace;

/// A part of a message that has fewer bytes than this, and is not the last, is a small one. Whoever cuts messages for a reason, as
/// proxies do, cuts them into parts of the size of their buffers: 4 KiB and more.
const SMALL_PART: u64 = 1024;

const FINAL: u8 = 0x80;
const OPCODE: u8 = 0x0f;
const CONTINUATION: u8 = 0x0;
const CLOSE: u8 = 0x8;
/// Opcodes from here on are of control frames, which are no part of a message.
const CONTROL: u8 = 0x8;
const MASKED: u8 = 0x80;
const LENGTH: u8 = 0x7f;
/// The longest head of a frame: two bytes, a length of eight, and a mask of four.
const HEAD: usize = 14;

/// Why a socket is read no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Violation {
    /// A message, finished or not, has more bytes than it may.
    #[error("a message is too large")]
    TooLarge,
    /// Small parts of messages come too fast.
    #[error("too many small parts of messages")]
    TooManyParts,
}

impl Violation {
    /// What the client is told.
    pub fn code(self) -> ErrorCode {
        match self {
            Self::TooLarge => ErrorCode::MessageTooLarge,
            Self::TooManyParts => ErrorCode::Flooding,
        }
    }
}

/// Follows frames byte by byte, and knows where it is in them.
#[derive(Debug)]
struct Frames {
    /// The head of the frame that has begun, as far as it has come.
    head: [u8; HEAD],
    head_length: usize,
    /// Bytes of the frame's payload that are still to come.
    payload_left: u64,
    /// Bytes of the message that has begun.
    message: u64,
    largest_message: u64,
    parts: Bucket,
    parts_rate: Rate,
    /// Whether the frame that is there now says that the socket closes.
    closing: bool,
    /// Whether such a frame was there, to its end.
    closed: bool,
}

impl Frames {
    fn new(pace: Pace, now: Duration) -> Self {
        Self {
            head: [0; HEAD],
            head_length: 0,
            payload_left: 0,
            message: 0,
            largest_message: pace.message_bytes.into(),
            parts: Bucket::full(pace.small_parts, now),
            parts_rate: pace.small_parts,
            closing: false,
            closed: false,
        }
    }

    /// Follows some bytes to their end. Gives the first violation in them, and how many bytes come before its frame.
    fn follow(&mut self, bytes: &[u8], now: Duration) -> Option<(Violation, usize)> {
        let mut found = None;
        let (mut at, mut frame_began) = (0, 0);
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.payload_left > 0 {
                let there = u64::try_from(rest.len()).unwrap_or(u64::MAX);
                let taken = self.payload_left.min(there);
                self.payload_left -= taken;
                at += usize::try_from(taken).unwrap_or(rest.len());
            } else {
                if self.head_length == 0 {
                    frame_began = at;
                }
                self.head[self.head_length] = rest[0];
                self.head_length += 1;
                at += 1;
                if let Some(violation) = self.read_head(now) {
                    found = found.or(Some((violation, frame_began)));
                }
            }
            if self.payload_left == 0 && self.head_length == 0 && self.closing {
                self.closed = true;
            }
        }
        found
    }

    /// Begins the payload once the head is there as a whole.
    fn read_head(&mut self, now: Duration) -> Option<Violation> {
        let &[first, second, ..] = self.head.get(..self.head_length)? else {
            return None;
        };
        let in_bytes = match second & LENGTH {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let mask = if second & MASKED == 0 { 0 } else { 4 };
        if self.head_length < 2 + in_bytes + mask {
            return None;
        }
        let length = match in_bytes {
            0 => u64::from(second & LENGTH),
            _ => self.head[2..2 + in_bytes]
                .iter()
                .fold(0, |length, byte| length << 8 | u64::from(*byte)),
        };
        (self.head_length, self.payload_left) = (0, length);
        let opcode = first & OPCODE;
        self.closing = opcode == CLOSE;
        if opcode >= CONTROL {
            return None;
        }
        if opcode != CONTINUATION {
            self.message = 0;
        }
        self.message = self.message.saturating_add(length);
        if self.message > self.largest_message {
            return Some(Violation::TooLarge);
        }
        let small = opcode == CONTINUATION && first & FINAL == 0 && length < SMALL_PART;
        (small && self.parts.take(self.parts_rate, 1.0, now).is_err()).then_some(Violation::TooManyParts)
    }
}

/// A connection that is a socket, whose frames are followed as they are read.
#[derive(Debug)]
pub(super) struct Framed<S> {
    stream: S,
    frames: Frames,
    clock: Clock,
    violation: Option<Violation>,
}

impl<S: AsyncRead + Unpin> Framed<S> {
    /// Follows the frames of a connection from its first byte as a socket.
    pub fn new(stream: S, pace: Pace, clock: Clock) -> Self {
        Self {
            stream,
            frames: Frames::new(pace, clock.elapsed()),
            clock,
            violation: None,
        }
    }

    /// Reads and drops what comes, until the client has closed as well.
    pub async fn drain(&mut self) {
        // Not in the future itself, whose size every socket carries from its first to its last moment.
        let mut dropped = vec![0; READ_BUFFER];
        while !self.frames.closed {
            match self.stream.read(&mut dropped).await {
                Ok(0) | Err(_) => return,
                // What is wrong with it does not matter any more.
                Ok(read) => drop(self.frames.follow(&dropped[..read], self.clock.elapsed())),
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Framed<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if let Some(violation) = this.violation {
            return Poll::Ready(Err(io::Error::other(violation)));
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(cx, buf))?;
        let read = buf.filled().get(before..).unwrap_or_default();
        if let Some((violation, good)) = this.frames.follow(read, this.clock.elapsed()) {
            this.violation = Some(violation);
            buf.set_filled(before + good);
            if good == 0 {
                return Poll::Ready(Err(io::Error::other(violation)));
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Framed<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace() -> Pace {
        Pace {
            message_bytes: 100,
            small_parts: Rate {
                burst: 3.0,
                per_second: 1.0,
            },
            ..Pace::default()
        }
    }

    fn frame(first: u8, length: u8) -> Vec<u8> {
        let mut bytes = vec![first, MASKED | length, 1, 2, 3, 4];
        bytes.extend(vec![b' '; length.into()]);
        bytes
    }

    /// Follows bytes in pieces of a size; gives the violation and all that comes before its frame.
    fn follow(bytes: &[u8], piece: usize) -> Option<(Violation, usize)> {
        let mut frames = Frames::new(pace(), Duration::ZERO);
        let mut before = 0;
        for piece in bytes.chunks(piece) {
            if let Some((violation, good)) = frames.follow(piece, Duration::ZERO) {
                return Some((violation, before + good));
            }
            before += piece.len();
        }
        None
    }

    const TEXT: u8 = 0x1;
    const PING: u8 = 0x9;

    #[test]
    fn message_is_too_large_with_the_frame_that_makes_it_so() {
        let parts = [
            frame(TEXT, 60),
            frame(FINAL | PING, 60),
            frame(CONTINUATION, 40),
            frame(FINAL | CONTINUATION, 1),
        ];
        let good = parts[..3].concat().len();
        let all = parts.concat();
        assert_eq!(follow(&all, all.len()), Some((Violation::TooLarge, good)));
        let next = [frame(FINAL | TEXT, 100), frame(FINAL | TEXT, 100)].concat();
        assert_eq!(follow(&next, next.len()), None);
    }

    #[test]
    fn it_does_not_matter_how_bytes_come() {
        let long = [&[FINAL | TEXT, MASKED | 0x7e, 0, 101][..], &[0; 4]].concat();
        let longer = [&[FINAL | TEXT, MASKED | 0x7f][..], &[0xff; 8], &[0; 4]].concat();
        for last in [frame(FINAL | TEXT, 101), long, longer] {
            let good = [frame(FINAL | TEXT, 0), frame(FINAL | TEXT, 100)].concat();
            let all = [good.clone(), last].concat();
            for piece in 1..all.len() {
                let (violation, before) = follow(&all, piece).expect("it is too large");
                assert_eq!(violation, Violation::TooLarge);
                // The head itself may have been let through in pieces: nothing is read of it.
                assert!((good.len()..good.len() + HEAD).contains(&before), "{piece}");
            }
        }
    }

    #[test]
    fn small_parts_come_only_so_often_and_the_last_is_none() {
        let crumbs = |count: usize| [frame(TEXT, 1), frame(CONTINUATION, 0).repeat(count)].concat();
        assert_eq!(follow(&crumbs(3), 7), None);
        let good = crumbs(3).len();
        assert_eq!(follow(&crumbs(4), 1000), Some((Violation::TooManyParts, good)));
        let whole = [frame(TEXT, 1), frame(FINAL | CONTINUATION, 1)].concat();
        assert_eq!(follow(&whole.repeat(10), 7), None);
    }

    #[test]
    fn close_is_seen_when_it_is_there_as_a_whole() {
        let close = frame(FINAL | CLOSE, 2);
        let mut frames = Frames::new(pace(), Duration::ZERO);
        frames.follow(&close[..close.len() - 1], Duration::ZERO);
        assert!(!frames.closed);
        frames.follow(&close[close.len() - 1..], Duration::ZERO);
        assert!(frames.closed);
        let mut frames = Frames::new(pace(), Duration::ZERO);
        frames.follow(&frame(FINAL | CLOSE, 0), Duration::ZERO);
        assert!(frames.closed);
    }

    #[tokio::test]
    async fn what_comes_before_the_violation_is_read() {
        use tokio::io::AsyncWriteExt;
        let (near, mut far) = tokio::io::duplex(1024);
        let mut framed = Framed::new(near, pace(), Clock::start());
        let good = frame(FINAL | TEXT, 10);
        let all = [good.clone(), frame(FINAL | TEXT, 101)].concat();
        far.write_all(&all).await.expect("written");
        let mut read = [0; 1024];
        assert_eq!(framed.read(&mut read).await.ok(), Some(good.len()));
        let error = framed.read(&mut read).await.expect_err("too large");
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
        assert_eq!(inner, Some(&Violation::TooLarge));
        far.write_all(&frame(FINAL | CLOSE, 0)).await.expect("written");
        framed.drain().await;
    }
}
