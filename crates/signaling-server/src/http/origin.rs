//! Which pages may use the server: its own, and those of the allowed origins.
//!
//! This also protects the session cookie against requests forged by other sites (CSRF), and it is the only
//! check for WebSockets: browsers leave that to the server.

use std::str::FromStr;

use axum::http::{HeaderMap, Uri, header};
use protocol::ErrorCode;

/// An origin (RFC 6454) as browsers write it: scheme, host, and port unless it is the scheme's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// The text is not a valid origin.
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

/// The page that sent a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// A page of this server.
    Own {
        /// Whether the page was loaded over https.
        secure: bool,
    },
    /// A page of another origin, allowed or not.
    #[default]
    Foreign,
    /// No page is named: a program, or a page that reads from its own server.
    Unnamed,
}

/// Returns the page that sent a request, or an error if its origin is not allowed.
///
/// If a browser says by `Sec-Fetch-Site` (W3C Fetch Metadata) that the page is from another site, that
/// outweighs a matching `Origin`: an `http:` origin has the same host and port as the `https:` one where
/// neither names a port.
pub fn check(headers: &HeaderMap, allowed: &[Origin]) -> Result<Page, ErrorCode> {
    let from_here = headers
        .get_all("sec-fetch-site")
        .iter()
        .all(|site| site == "same-origin" || site == "none");
    let Some(value) = headers.get(header::ORIGIN) else {
        // Browsers load some resources, such as images, without naming an origin; the page may be another
        // site's.
        return Ok(if from_here { Page::Unnamed } else { Page::Foreign });
    };
    let origin = value.to_str().map_err(|_| ErrorCode::OriginNotAllowed)?;
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    if let (Some(authority), Some(host)) = (authority, host)
        && authority.eq_ignore_ascii_case(host)
        && from_here
    {
        let secure = origin.starts_with("https://");
        return Ok(Page::Own { secure });
    }
    if allowed.iter().any(|allowed| allowed.0 == origin) {
        return Ok(Page::Foreign);
    }
    Err(ErrorCode::OriginNotAllowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(origin: Option<&'static str>, host: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        headers
    }

    #[test]
    fn own_page_is_allowed_and_foreign_ones_if_named() {
        let allowed = ["https://rooms.example.org".parse().expect("an origin")];
        let own = headers(Some("http://localhost:8080"), "localhost:8080");
        assert_eq!(check(&own, &[]), Ok(Page::Own { secure: false }));
        let own = headers(Some("https://a.example"), "a.example");
        assert_eq!(check(&own, &[]), Ok(Page::Own { secure: true }));
        assert_eq!(check(&headers(None, "localhost:8080"), &[]), Ok(Page::Unnamed));
        let foreign = headers(Some("https://rooms.example.org"), "localhost:8080");
        assert_eq!(check(&foreign, &[]), Err(ErrorCode::OriginNotAllowed));
        assert_eq!(check(&foreign, &allowed), Ok(Page::Foreign));
        let other_port = headers(Some("http://localhost:9090"), "localhost:8080");
        assert_eq!(check(&other_port, &allowed), Err(ErrorCode::OriginNotAllowed));
        assert_eq!(
            check(&headers(Some("null"), "localhost"), &allowed),
            Err(ErrorCode::OriginNotAllowed)
        );
    }

    #[test]
    fn cross_site_request_with_own_origin_is_refused() {
        let named = ["https://a.example".parse().expect("an origin")];
        for (site, own) in [
            ("same-origin", true),
            ("none", true),
            ("same-site", false),
            ("cross-site", false),
            ("nonsense", false),
        ] {
            let mut headers = headers(Some("https://a.example"), "a.example");
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            let (unnamed, allowed) = (check(&headers, &[]), check(&headers, &named));
            if own {
                assert_eq!(unnamed, Ok(Page::Own { secure: true }), "{site}");
            } else {
                assert_eq!(unnamed, Err(ErrorCode::OriginNotAllowed), "{site}");
                assert_eq!(allowed, Ok(Page::Foreign), "{site}");
            }
        }
        // Contradictory values are not trusted.
        let mut headers = headers(Some("https://a.example"), "a.example");
        headers.append("sec-fetch-site", HeaderValue::from_static("same-origin"));
        headers.append("sec-fetch-site", HeaderValue::from_static("cross-site"));
        assert_eq!(check(&headers, &[]), Err(ErrorCode::OriginNotAllowed));
    }

    #[test]
    fn cross_site_load_without_origin_is_foreign() {
        for (site, page) in [
            ("same-origin", Page::Unnamed),
            ("none", Page::Unnamed),
            ("same-site", Page::Foreign),
            ("cross-site", Page::Foreign),
        ] {
            let mut headers = headers(None, "a.example");
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            assert_eq!(check(&headers, &[]), Ok(page), "{site}");
        }
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
