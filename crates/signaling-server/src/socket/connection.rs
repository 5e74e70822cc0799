//! The connection under a WebSocket, once HTTP has let go of it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::upgrade::{Parts, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tungstenite::Bytes;

use crate::write_timeout::WriteTimeout;

/// A connection that has been upgraded.
pub(super) enum Connection {
    /// TCP, without what HTTP wrapped it in.
    Plain {
        stream: TcpStream,
        /// What the client sent together with its request.
        early: Bytes,
    },
    /// TLS.
    Wrapped(TokioIo<Upgraded>),
}

impl From<Upgraded> for Connection {
    fn from(upgraded: Upgraded) -> Self {
        match upgraded.downcast::<TokioIo<WriteTimeout<TcpStream>>>() {
            Ok(Parts { io, read_buf, .. }) => Self::Plain {
                stream: io.into_inner().into_inner(),
                early: released(read_buf),
            },
            Err(upgraded) => Self::Wrapped(TokioIo::new(upgraded)),
        }
    }
}

/// Returns the bytes, and lets go of their buffer if there are none.
fn released(bytes: Bytes) -> Bytes {
    if bytes.is_empty() { Bytes::new() } else { bytes }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut *self {
            Self::Plain { early, .. } if !early.is_empty() => {
                let most = early.len().min(buf.remaining());
                buf.put_slice(&early.split_to(most));
                *early = released(std::mem::take(early));
                Poll::Ready(Ok(()))
            }
            Self::Plain { stream, .. } => Pin::new(stream).poll_read(cx, buf),
            Self::Wrapped(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match &mut *self {
            Self::Plain { stream, .. } => Pin::new(stream).poll_write(cx, buf),
            Self::Wrapped(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Self::Plain { stream, .. } => Pin::new(stream).poll_flush(cx),
            Self::Wrapped(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Self::Plain { stream, .. } => Pin::new(stream).poll_shutdown(cx),
            Self::Wrapped(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
