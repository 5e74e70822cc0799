//! Events of the socket to the server.

use protocol::{ErrorCode, ServerMessage};

/// An event of the socket.
#[derive(Clone, Debug, PartialEq)]
pub enum SocketEvent {
    /// The socket is open.
    Opened,
    /// The socket was closed, by either side.
    Closed,
    /// A message was received; `Err` if it could not be read.
    Received(Result<ServerMessage, ErrorCode>),
}
