//! One socket between a page and the server.

/// One socket, with the state of both ends.
pub(crate) struct Socket {
    pub person: usize,
    /// Number of the page that opened it.
    pub page: u64,
    /// The page's id of it.
    pub id: call_core::SocketId,
    /// Whether the page still sends and receives on it.
    pub client_open: bool,
    /// Whether the server still does.
    pub server_open: bool,
    /// `hello` was sent, and the server is looking up its user.
    pub entering: bool,
    /// The server has seen its end.
    pub ended: bool,
    /// Messages on the way to the server are lost.
    pub broken: bool,
    /// Nothing is delivered in either direction any more, and neither end notices.
    pub silent: bool,
    pub delay: u64,
    /// When the last message under way arrives, up (to the server) and down (to the page).
    pub up: u64,
    pub down: u64,
}
