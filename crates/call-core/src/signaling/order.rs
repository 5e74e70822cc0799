//! The socket to the server.

use protocol::ClientMessage;

/// What to do with it.
#[derive(Clone, Debug, PartialEq)]
pub enum SocketOrder {
    /// Open one, closing one that is open; answer with `Opened` and `Closed`.
    Open(SocketId),
    /// Close it; it reports nothing any more.
    Close,
    /// Send a message on the one that is open.
    Send(ClientMessage),
}

/// Names one socket, from the first to the last that the page opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);
