//! Which pages may use the server: its own, and those of the origins that the settings name.
//!
//! Tokens travel in headers and messages, never in cookies, so a foreign page has nothing to ride on; this check
//! comes before that all the same, and it is the only one that the browser leaves to the server for sockets.

use std::str::FromStr;

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use protocol::ErrorCode;

/// An origin (RFC 6454) as browsers write it: scheme, host, and port unless it is the scheme's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// Why a text is not an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an origin looks like https://rooms.example.org, with no path and no slash at the end")]
pub struct OriginError;

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.to_ascii_lowercase();
        let (scheme, authority) = text.split_once("://").ok_or(OriginError)?;
        let plain = !authority.is_empty() && !authority.contains(['/', '?', '#', '@', ' ', '*']);
        let known = ["http", "https"].contains(&scheme);
        if plain && known && text.parse::<Uri>().is_ok() {
            Ok(Self(text))
        } else {
            Err(OriginError)
        }
    }
}

/// The origin to name in the answer, when the request comes from a foreign page that is allowed; nothing when it
/// comes from the server's own page or from no page.
pub fn check<'a>(headers: &'a HeaderMap, allowed: &[Origin]) -> Result<Option<&'a HeaderValue>, ErrorCode> {
    let Some(value) = headers.get(header::ORIGIN) else {
        return Ok(None);
    };
    let origin = value.to_str().map_err(|_| ErrorCode::OriginNotAllowed)?;
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    if let (Some(authority), Some(host)) = (authority, host)
        && authority.eq_ignore_ascii_case(host)
    {
        return Ok(None);
    }
    if allowed.iter().any(|allowed| allowed.0 == origin) {
        return Ok(Some(value));
    }
    Err(ErrorCode::OriginNotAllowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origin: Option<&'static str>, host: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        headers
    }

    #[test]
    fn the_own_page_and_no_page_are_allowed_and_a_foreign_one_only_when_named() {
        let allowed = ["https://rooms.example.org".parse().expect("an origin")];
        let own = headers(Some("http://localhost:8080"), "localhost:8080");
        assert_eq!(check(&own, &[]), Ok(None));
        assert_eq!(check(&headers(None, "localhost:8080"), &[]), Ok(None));
        let foreign = headers(Some("https://rooms.example.org"), "localhost:8080");
        assert_eq!(check(&foreign, &[]), Err(ErrorCode::OriginNotAllowed));
        assert_eq!(
            check(&foreign, &allowed),
            Ok(Some(&HeaderValue::from_static("https://rooms.example.org")))
        );
        let other_port = headers(Some("http://localhost:9090"), "localhost:8080");
        assert_eq!(check(&other_port, &allowed), Err(ErrorCode::OriginNotAllowed));
        assert_eq!(
            check(&headers(Some("null"), "localhost"), &allowed),
            Err(ErrorCode::OriginNotAllowed)
        );
    }

    #[test]
    fn an_origin_has_a_scheme_and_no_path() {
        assert!("https://rooms.example.org:8443".parse::<Origin>().is_ok());
        for text in [
            "rooms.example.org",
            "https://",
            "https://a/",
            "https://*",
            "ftp://a",
            "https://a b",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(OriginError), "{text}");
        }
    }
}
