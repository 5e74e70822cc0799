//! What a new connection is given: servers, and whether nothing but relays may be used.

use std::sync::Arc;

use protocol::http::IceServer;

/// By what connections are made at this moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ways {
    pub(crate) servers: Arc<[IceServer]>,
    /// Which credentials these are.
    pub(crate) generation: u32,
    /// Over relays only, so that other participants do not see the user's address.
    pub(crate) relay_only: bool,
}
