//! Inspects WebSocket frames (RFC 6455 §5.2) as they arrive, before they form messages.
//!
//! The library that reads messages buffers the fragments of one until the last arrives, however many there are
//! and however large they are in total. So its bytes pass through here first: a message is refused at the frame
//! that makes it too large, and small fragments are rate-limited. The library checks all other rules of frames.
//!
//! When a socket ends, what the client still sends is read and dropped here: closing a connection with unread
//! data resets it, and the goodbye would be lost.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use protocol::ErrorCode;
use registry::bucket::{Bucket, Rate};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

use crate::clock::Clock;
use crate::limits::READ_BUFFER;
use crate::socket_limits::SocketLimits;

/// A fragment with fewer bytes than this is small, unless it is the first or the last of its message. Software
/// that fragments messages for a reason, such as a proxy, cuts at the size of its buffers: 4 KiB and more.
const SMALL_PART: u64 = 1024;

const FINAL: u8 = 0x80;
const OPCODE: u8 = 0x0f;
const CONTINUATION: u8 = 0x0;
const CLOSE: u8 = 0x8;
/// Opcodes from here on are control frames, which are not part of a message.
const CONTROL: u8 = 0x8;
const MASKED: u8 = 0x80;
const LENGTH: u8 = 0x7f;
/// The longest header of a frame: two bytes, eight of length, and four of mask.
const HEAD: usize = 14;

/// Why reading from a socket stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Violation {
    /// A message, complete or not, has more bytes than allowed.
    #[error("a message is too large")]
    TooLarge,
    /// Small fragments arrive too fast.
    #[error("too many small fragments of messages")]
    TooManyParts,
}

impl Violation {
    /// Returns the code for the client.
    pub fn code(self) -> ErrorCode {
        match self {
            Self::TooLarge => ErrorCode::MessageTooLarge,
            Self::TooManyParts => ErrorCode::Flooding,
        }
    }
}

/// Parses frames byte by byte, and keeps its position in them.
#[derive(Debug)]
struct Frames {
    /// The header of the current frame, as far as it has arrived.
    head: [u8; HEAD],
    head_length: usize,
    /// Payload bytes of the current frame that are still to come.
    payload_left: u64,
    /// Payload bytes of the current message so far.
    message: u64,
    largest_message: u64,
    /// Whether the current message has fragments that are still to come.
    fragmented: bool,
    parts: Bucket,
    parts_rate: Rate,
    /// Whether the current frame is a close frame.
    closing: bool,
    /// Whether a close frame has arrived completely.
    closed: bool,
}

impl Frames {
    fn new(per_socket: SocketLimits, now: Duration) -> Self {
        Self {
            head: [0; HEAD],
            head_length: 0,
            payload_left: 0,
            message: 0,
            largest_message: per_socket.message_bytes.into(),
            fragmented: false,
            parts: Bucket::full(per_socket.small_parts, now),
            parts_rate: per_socket.small_parts,
            closing: false,
            closed: false,
        }
    }

    /// Whether all frames so far are complete, and all messages.
    fn between_messages(&self) -> bool {
        self.head_length == 0 && self.payload_left == 0 && !self.fragmented
    }

    /// Parses some bytes. Returns the first violation in them, and how many of them precede its frame.
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

    /// Begins the payload once the header is complete.
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
        self.fragmented = first & FINAL == 0;
        self.message = self.message.saturating_add(length);
        if self.message > self.largest_message {
            return Some(Violation::TooLarge);
        }
        let small = opcode == CONTINUATION && first & FINAL == 0 && length < SMALL_PART;
        (small && self.parts.take(self.parts_rate, 1.0, now).is_err()).then_some(Violation::TooManyParts)
    }
}

/// A WebSocket connection whose frames are inspected as they are read.
#[derive(Debug)]
pub(super) struct Framed<S> {
    stream: S,
    frames: Frames,
    clock: Clock,
    violation: Option<Violation>,
}

impl<S: AsyncRead + Unpin> Framed<S> {
    /// Inspects the frames of a connection from its first byte as a WebSocket.
    pub fn new(stream: S, per_socket: SocketLimits, clock: Clock) -> Self {
        Self {
            stream,
            frames: Frames::new(per_socket, clock.elapsed()),
            clock,
            violation: None,
        }
    }

    /// Whether what has been read so far are complete messages, and the client may send more.
    pub fn is_between_messages(&self) -> bool {
        self.frames.between_messages() && !self.frames.closed && self.violation.is_none()
    }

    /// Reads and drops data until the client has closed as well.
    pub async fn drain(&mut self) {
        // On the heap: inside the future, every socket would carry it from its first to its last moment.
        let mut dropped = vec![0; READ_BUFFER];
        while !self.frames.closed {
            match self.stream.read(&mut dropped).await {
                Ok(0) | Err(_) => return,
                // Violations do not matter any more.
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

    fn socket_limits() -> SocketLimits {
        SocketLimits {
            message_bytes: 100,
            small_parts: Rate {
                burst: 3.0,
                per_second: 1.0,
            },
            ..SocketLimits::default()
        }
    }

    fn frame(first: u8, length: u8) -> Vec<u8> {
        let mut bytes = vec![first, MASKED | length, 1, 2, 3, 4];
        bytes.extend(vec![b' '; length.into()]);
        bytes
    }

    /// Parses bytes in chunks of a size. Returns the violation, and how many bytes precede its frame.
    fn follow(bytes: &[u8], piece: usize) -> Option<(Violation, usize)> {
        let mut frames = Frames::new(socket_limits(), Duration::ZERO);
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
    fn message_is_too_large_at_the_frame_that_exceeds() {
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
    fn chunking_does_not_matter() {
        let long = [&[FINAL | TEXT, MASKED | 0x7e, 0, 101][..], &[0; 4]].concat();
        let longer = [&[FINAL | TEXT, MASKED | 0x7f][..], &[0xff; 8], &[0; 4]].concat();
        for last in [frame(FINAL | TEXT, 101), long, longer] {
            let good = [frame(FINAL | TEXT, 0), frame(FINAL | TEXT, 100)].concat();
            let all = [good.clone(), last].concat();
            for piece in 1..all.len() {
                let (violation, before) = follow(&all, piece).expect("it is too large");
                assert_eq!(violation, Violation::TooLarge);
                // Earlier chunks of the header may have passed already; they contain no payload.
                assert!((good.len()..good.len() + HEAD).contains(&before), "{piece}");
            }
        }
    }

    #[test]
    fn small_fragments_are_limited_except_the_last() {
        let crumbs = |count: usize| [frame(TEXT, 1), frame(CONTINUATION, 0).repeat(count)].concat();
        assert_eq!(follow(&crumbs(3), 7), None);
        let good = crumbs(3).len();
        assert_eq!(follow(&crumbs(4), 1000), Some((Violation::TooManyParts, good)));
        let whole = [frame(TEXT, 1), frame(FINAL | CONTINUATION, 1)].concat();
        assert_eq!(follow(&whole.repeat(10), 7), None);
    }

    #[test]
    fn close_counts_once_it_is_complete() {
        let close = frame(FINAL | CLOSE, 2);
        let mut frames = Frames::new(socket_limits(), Duration::ZERO);
        frames.follow(&close[..close.len() - 1], Duration::ZERO);
        assert!(!frames.closed);
        frames.follow(&close[close.len() - 1..], Duration::ZERO);
        assert!(frames.closed);
        let mut frames = Frames::new(socket_limits(), Duration::ZERO);
        frames.follow(&frame(FINAL | CLOSE, 0), Duration::ZERO);
        assert!(frames.closed);
    }

    #[test]
    fn fragments_and_partial_frames_are_not_between_messages() {
        let parts = [
            frame(TEXT, 5),
            frame(FINAL | PING, 3),
            frame(CONTINUATION, 0),
            frame(FINAL | CONTINUATION, 4),
            frame(FINAL | TEXT, 0),
        ];
        let ends = [parts[..4].concat().len(), parts.concat().len()];
        let mut frames = Frames::new(socket_limits(), Duration::ZERO);
        assert!(frames.between_messages());
        for (at, byte) in parts.concat().iter().enumerate() {
            frames.follow(&[*byte], Duration::ZERO);
            assert_eq!(frames.between_messages(), ends.contains(&(at + 1)), "{at}");
        }
    }

    #[tokio::test]
    async fn data_before_the_violation_is_read() {
        use tokio::io::AsyncWriteExt;
        let (near, mut far) = tokio::io::duplex(1024);
        let mut framed = Framed::new(near, socket_limits(), Clock::start());
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
