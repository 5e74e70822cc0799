//! Checks the `Host` header: exactly one, and well-formed, or the request is refused (RFC 9112 §3.2).
//!
//! With none or several, the server and a proxy in front of it could take a request for different hosts, and
//! the check for the server's own page depends on it (`origin`).

use axum::body::Body;
use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Response, Version, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use protocol::ErrorCode;

use crate::accounts::Refused;

/// Refuses requests without a valid `Host`, with status 400.
pub(super) async fn check(request: Request, next: Next) -> Response<Body> {
    if is_good(request.headers(), request.version()) {
        next.run(request).await
    } else {
        Refused::from(ErrorCode::MalformedRequest).into_response()
    }
}

/// Whether there is exactly one `Host`, and it is a host with an optional port. HTTP/1.0 allows none.
fn is_good(headers: &HeaderMap, version: Version) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => host.to_str().is_ok_and(is_host),
        (Some(_), Some(_)) => false,
    }
}

/// Whether a text is `uri-host [":" port]` (RFC 3986 §3.2) with a non-empty host.
fn is_host(text: &str) -> bool {
    let Ok(authority) = text.parse::<Authority>() else {
        return false;
    };
    let port = text.strip_prefix(authority.host());
    let port = port.and_then(|rest| rest.strip_prefix(':').or(rest.is_empty().then_some("")));
    // Fails if there is user info before the host.
    !authority.host().is_empty() && port.is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn with(hosts: &[&'static str], version: Version) -> bool {
        let hosts = hosts
            .iter()
            .map(|host| (header::HOST, HeaderValue::from_static(host)));
        let mut headers = HeaderMap::new();
        hosts.for_each(|(name, host)| {
            headers.append(name, host);
        });
        is_good(&headers, version)
    }

    #[test]
    fn http_1_1_needs_exactly_one_host() {
        assert!(with(&["a.example"], Version::HTTP_11));
        assert!(!with(&[], Version::HTTP_11));
        assert!(with(&[], Version::HTTP_10));
        for version in [Version::HTTP_10, Version::HTTP_11] {
            assert!(!with(&["a.example", "a.example"], version));
            assert!(!with(&["a.example", "b.example"], version));
        }
    }

    #[test]
    fn host_has_an_optional_port_and_nothing_else() {
        for good in [
            "a.example",
            "a.example:8080",
            "127.0.0.1:1",
            "[::1]",
            "[::1]:8080",
            "a.example:",
        ] {
            assert!(with(&[good], Version::HTTP_11), "{good}");
        }
        for bad in [
            "",
            ":8080",
            "a b",
            "a.example/",
            "http://a.example",
            "ann@a.example",
            "a.example:port",
            "a.example, b.example",
            "a.example:1:2",
            "::1",
            "[::1",
        ] {
            assert!(!with(&[bad], Version::HTTP_11), "{bad}");
        }
    }
}
