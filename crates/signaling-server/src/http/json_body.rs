//! Request bodies: small, received in time, and JSON of the right shape; with the client's address and page.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use protocol::ErrorCode;
use serde::de::DeserializeOwned;

use super::app::App;
use super::client_address::PeerAddress;
use super::origin::Page;
use crate::accounts::Refused;
use crate::limits::{BODY_BYTES, BODY_WITHIN};

/// A request body and its sender.
#[derive(Debug)]
pub struct JsonBody<T> {
    /// The parsed body.
    pub body: T,
    /// The client's address.
    pub from: IpAddr,
    /// The page that sent it.
    pub page: Page,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for JsonBody<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let peer = parts.extensions.get::<PeerAddress>().ok_or(ErrorCode::Internal)?;
        Ok(Self {
            from: app.client_address(*peer, &parts.headers),
            page: parts.extensions.get().copied().unwrap_or_default(),
            body: read(body).await?,
        })
    }
}

/// Reads a body. The timeout keeps a slow sender from holding a connection forever.
async fn read<T: DeserializeOwned>(body: Body) -> Result<T, ErrorCode> {
    let bytes = tokio::time::timeout(BODY_WITHIN, to_bytes(body, BODY_BYTES)).await;
    let bytes = bytes
        .map_err(|_| ErrorCode::MalformedRequest)?
        .map_err(|_| ErrorCode::MalformedRequest)?;
    serde_json::from_slice(&bytes).map_err(|_| ErrorCode::MalformedRequest)
}
