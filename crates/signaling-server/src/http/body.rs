//! Reading a request's body: small, soon, and JSON of the right form, or refused.

use axum::body::{Body, to_bytes};
use protocol::ErrorCode;
use serde::de::DeserializeOwned;

use crate::limits::{BODY_BYTES, BODY_WITHIN};

/// Reads a body. The bound on time keeps a slow sender from holding a connection for ever.
pub async fn read<T: DeserializeOwned>(body: Body) -> Result<T, ErrorCode> {
    let bytes = tokio::time::timeout(BODY_WITHIN, to_bytes(body, BODY_BYTES)).await;
    let bytes = bytes
        .map_err(|_| ErrorCode::MalformedRequest)?
        .map_err(|_| ErrorCode::MalformedRequest)?;
    serde_json::from_slice(&bytes).map_err(|_| ErrorCode::MalformedRequest)
}
