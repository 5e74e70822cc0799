//! The socket to the server.

use protocol::{ErrorCode, ServerMessage};

/// What happened to it.
#[derive(Clone, Debug, PartialEq)]
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// It is closed, by whomever.
    Closed,
    /// A message came; the code says why it could not be read.
    Received(Result<ServerMessage, ErrorCode>),
}
