//! The transport of a request; once it was trusted TLS, browsers must keep using https (HSTS, RFC 6797).

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, Response, header};
use axum::middleware::Next;

use super::app::SharedApp;
use super::client_address::PeerAddress;

/// The transport of a connection; the accept loop inserts it into each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Plain TCP: from this machine, or from a proxy.
    Plain,
    /// TLS.
    Tls {
        /// Whether browsers trust the certificate: it is not self-signed.
        trusted: bool,
    },
}

/// A year, in seconds: the least that browsers' preload lists require.
const FOR_A_YEAR: &str = "max-age=31536000";

/// Sends HSTS if the request came over TLS that browsers trust, according to this server or a trusted proxy.
pub(super) async fn add_hsts(
    State(app): SharedApp,
    Extension(peer): Extension<PeerAddress>,
    Extension(transport): Extension<Transport>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let forwarded = request.headers().get("x-forwarded-proto");
    let secure = match transport {
        Transport::Tls { trusted } => trusted,
        Transport::Plain => app.is_proxy(peer.0) && forwarded.is_some_and(|protocol| protocol == "https"),
    };
    let mut response = next.run(request).await;
    if secure {
        response.headers_mut().insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(FOR_A_YEAR),
        );
    }
    response
}
