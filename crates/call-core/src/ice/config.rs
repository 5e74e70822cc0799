//! ICE configuration of a new connection: the servers, and whether only relays may be used.

use std::sync::Arc;

use protocol::http::IceServer;

/// ICE configuration for connections made in this turn.
#[derive(Clone, Debug, Default)]
pub(crate) struct IceConfig {
    pub(crate) servers: Arc<[IceServer]>,
    /// Identifies the credentials: the number of the answer that brought them.
    pub(crate) generation: u32,
    /// Whether to use relays only, so that other participants do not see the user's IP address.
    pub(crate) relay_only: bool,
}
