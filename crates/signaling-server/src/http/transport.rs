//! How a request came, and that browsers are to come by https from now on where they did once (HSTS, RFC 6797).

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, Response, header};
use axum::middleware::Next;

use super::app::SharedApp;
use super::client_address::PeerAddress;

/// How the connection speaks; the accept loop puts it into each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// As it is: from this machine, or from a proxy.
    Plain,
    /// By TLS.
    Tls {
        /// Whether the certificate is one that browsers trust, and not the server's own.
        trusted: bool,
    },
}

/// For how long: a year, the least that browsers' lists ask for.
const FOR_A_YEAR: &str = "max-age=31536000";

/// Tells browsers so where the request came by TLS that they trust, as this server or a trusted proxy says.
pub(super) async fn insist(
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
