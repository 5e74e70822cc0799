//! What the shell does with the socket to the server.

use protocol::ClientMessage;

/// An order about the socket.
#[derive(Clone, Debug, PartialEq)]
pub enum SocketOrder {
    /// Open a socket and close the current one; answer with `Opened` and `Closed`.
    Open(SocketId),
    /// Close the socket; it reports nothing any more.
    Close,
    /// Send a message on the open socket.
    Send(ClientMessage),
}

/// Id of a socket, counting up over the life of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);
