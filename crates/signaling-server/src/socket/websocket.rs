//! A WebSocket that holds buffers only while it needs them.
//!
//! tungstenite keeps the state of a WebSocket, with its buffers, in a context. Between two messages that state is
//! always the same: no frame has begun, nothing is to be written. So the context of an idle socket is dropped
//! ([`Socket::rest`]), and made again when something arrives or is sent.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tungstenite::protocol::{Role, WebSocketConfig, WebSocketContext};
use tungstenite::{Error, Message};

use super::connection::Connection;
use super::frames::Framed;
use crate::clock::Clock;
use crate::limits::{READ_BUFFER, WRITE_BUFFER};
use crate::socket_limits::SocketLimits;

/// A WebSocket, after the handshake.
pub(super) struct Socket {
    stream: Framed<Connection>,
    /// The largest message, in bytes.
    largest: u32,
    context: Option<Box<WebSocketContext>>,
    /// Whether the context may have data that is still to be written.
    unwritten: bool,
}

impl Socket {
    pub fn new(connection: Connection, per_socket: SocketLimits, clock: Clock) -> Self {
        Self {
            stream: Framed::new(connection, per_socket, clock),
            largest: per_socket.message_bytes,
            context: None,
            unwritten: false,
        }
    }

    /// Polls for the next message; `None` once the closing handshake is complete. Pings are answered.
    pub fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Message, Error>>> {
        match ready!(self.poll(cx, |context, io| context.read(io))) {
            Ok(message) => Poll::Ready(Some(Ok(message))),
            Err(Error::ConnectionClosed | Error::AlreadyClosed) => Poll::Ready(None),
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }

    /// Waits for the next message, like [`Self::poll_message`].
    pub async fn message(&mut self) -> Option<Result<Message, Error>> {
        poll_fn(|cx| self.poll_message(cx)).await
    }

    /// Queues a message, which [`Self::poll_flush`] writes. Returns whether another one may be queued before that.
    pub fn queue(&mut self, cx: &mut Context<'_>, message: Message) -> Result<bool, Error> {
        self.unwritten = true;
        match self.poll(cx, |context, io| context.write(io, message)) {
            Poll::Ready(queued) => queued.map(|()| true),
            Poll::Pending => Ok(false),
        }
    }

    /// Whether there may be queued data.
    pub fn unwritten(&self) -> bool {
        self.unwritten
    }

    /// Writes all that is queued.
    pub fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(self.poll(cx, |context, io| context.flush(io)))?;
        self.unwritten = false;
        Poll::Ready(Ok(()))
    }

    /// Drops the buffers, if nothing is in them. Must be called only when no message is ready to be read.
    pub fn rest(&mut self) {
        if !self.unwritten && self.stream.is_between_messages() {
            self.context = None;
        }
    }

    /// Reads and drops data until the client has closed as well.
    pub async fn drain(&mut self) {
        self.stream.drain().await;
    }

    fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        work: impl FnOnce(&mut WebSocketContext, &mut Blocking<'_, '_>) -> Result<T, Error>,
    ) -> Poll<Result<T, Error>> {
        let largest = self.largest;
        let context = self
            .context
            .get_or_insert_with(|| Box::new(WebSocketContext::new(Role::Server, Some(config(largest)))));
        let mut io = Blocking {
            stream: &mut self.stream,
            cx,
            write_blocked: false,
        };
        let done = work(context, &mut io);
        self.unwritten |= io.write_blocked;
        match done {
            Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
            done => Poll::Ready(done),
        }
    }
}

/// Returns the configuration of the WebSocket library.
fn config(largest: u32) -> WebSocketConfig {
    let largest = usize::try_from(largest).unwrap_or(usize::MAX);
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        // At most one message beyond the buffer is added before it is written out.
        .max_write_buffer_size(WRITE_BUFFER + 2 * largest)
        .max_message_size(Some(largest))
        .max_frame_size(Some(largest))
}

/// A connection as the library sees it: what is not ready "would block", and wakes the task later.
struct Blocking<'a, 'b> {
    stream: &'a mut Framed<Connection>,
    cx: &'a mut Context<'b>,
    write_blocked: bool,
}

impl Read for Blocking<'_, '_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut buf = ReadBuf::new(buf);
        match Pin::new(&mut *self.stream).poll_read(self.cx, &mut buf) {
            Poll::Ready(read) => read.map(|()| buf.filled().len()),
            Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

impl Write for Blocking<'_, '_> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let written = Pin::new(&mut *self.stream).poll_write(self.cx, buf);
        self.or_block(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = Pin::new(&mut *self.stream).poll_flush(self.cx);
        self.or_block(flushed)
    }
}

impl Blocking<'_, '_> {
    fn or_block<T>(&mut self, done: Poll<io::Result<T>>) -> io::Result<T> {
        match done {
            Poll::Ready(done) => done,
            Poll::Pending => {
                self.write_blocked = true;
                Err(io::ErrorKind::WouldBlock.into())
            }
        }
    }
}
