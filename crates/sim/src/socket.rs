//! One socket between a page and the server.

/// One socket, by both its ends.
pub(crate) struct Socket {
    pub person: usize,
    /// Of which of their pages.
    pub page: u64,
    /// As the page names it.
    pub id: call_core::SocketId,
    /// The page still says and hears something on it.
    pub client_open: bool,
    /// The server still does.
    pub server_open: bool,
    /// Hello was said, and the server looks into it.
    pub entering: bool,
    /// The server has seen its end.
    pub ended: bool,
    /// What is on its way up is lost.
    pub broken: bool,
    /// Nothing passes any more, either way, and neither end sees it.
    pub silent: bool,
    pub delay: u64,
    /// When the last arrives that is on its way, up and down.
    pub up: u64,
    pub down: u64,
}
