//! Authenticates requests: by a cookie that the server's own page cannot read, or by a bearer token.
//!
//! The cookie is for the server's own page only (`HttpOnly`, `SameSite=Strict`, and over https `Secure`, with a
//! name that no other host can set). It counts only for requests that certainly come from that page: browsers
//! put an `Origin` on every request that changes something. Allowed pages of other origins, and programs, use
//! tokens.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use cookie::{Cookie, SameSite, time};
use percent_encoding::percent_decode;
use protocol::http::{SignedIn, USER_HEADER};
use protocol::{ErrorCode, SessionToken, UserName};

use super::answers::Answer;
use super::app::App;
use super::origin::Page;
use crate::accounts::Refused;
use crate::base_path::BasePath;

/// The cookie's name over https. Browsers let no other host, and no page over plain http, set a cookie with
/// this prefix.
const SECURE: &str = "__Host-confab";
/// The cookie's name over https under a base path, where browsers reject `__Host-` (RFC 6265bis §4.1.3.2). No
/// page over plain http can set a cookie with this prefix.
const SECURE_BELOW: &str = "__Secure-confab";
/// The cookie's name over plain http.
const PLAIN: &str = "confab";

/// Extractor of the token of the session that a request is made in.
#[derive(Clone, Debug)]
pub struct InSession(pub SessionToken);

impl FromRequestParts<Arc<App>> for InSession {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let page = parts.extensions.get().copied().unwrap_or_default();
        let token = token(&parts.headers, page, &parts.method, &app.base);
        let token = token.ok_or(ErrorCode::NotSignedIn)?;
        if let Some(expected) = expected_user(&parts.headers)? {
            let session = app.accounts.session(&token).await?;
            if !session.is_of(Some(&expected)) {
                return Err(ErrorCode::AnotherUser.into());
            }
        }
        Ok(Self(token))
    }
}

/// Returns the user that the client takes the session for, if it says so. In a browser, another tab may have
/// signed in to another account.
fn expected_user(headers: &HeaderMap) -> Result<Option<UserName>, ErrorCode> {
    let Some(value) = headers.get(USER_HEADER) else {
        return Ok(None);
    };
    let name = percent_decode(value.as_bytes()).decode_utf8();
    let name = name.ok().and_then(|name| UserName::parse(&name).ok());
    name.map(Some).ok_or(ErrorCode::MalformedRequest)
}

/// Returns the token of a request, if any.
pub(super) fn token(
    headers: &HeaderMap,
    page: Page,
    method: &Method,
    base: &BasePath,
) -> Option<SessionToken> {
    bearer(headers).or_else(|| cookie(headers, page, method, base))
}

/// Returns the cookie's name over https.
fn secure_name(base: &BasePath) -> &'static str {
    if base.is_root() { SECURE } else { SECURE_BELOW }
}

/// Returns the token of `Authorization: Bearer` (RFC 6750).
pub fn bearer(headers: &HeaderMap) -> Option<SessionToken> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| SessionToken(token.trim().to_owned()))
}

/// Returns the token of the cookie, if the cookie counts for this page and method.
pub fn cookie(headers: &HeaderMap, page: Page, method: &Method, base: &BasePath) -> Option<SessionToken> {
    let counts = match page {
        Page::Own { .. } => true,
        // Browsers send no `Origin` when a page reads from its own server. Where another site caused the
        // request, the `SameSite=Strict` cookie is missing, or the request says that it is cross-site.
        Page::Unnamed => method == Method::GET || method == Method::HEAD,
        Page::Foreign => false,
    };
    let texts = headers.get_all(header::COOKIE).iter().filter(|_| counts);
    let sent: Vec<Cookie<'_>> = texts
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| Cookie::split_parse(value).flatten())
        .collect();
    let named = |wanted: &str| sent.iter().find(|cookie| cookie.name() == wanted);
    let cookie = named(secure_name(base)).or_else(|| named(PLAIN))?;
    Some(SessionToken(cookie.value().to_owned()))
}

/// Returns the response to a sign-in: the server's own page gets the cookie, other clients get the token.
pub(super) fn begun(mut answer: Answer<SignedIn>, page: Page, base: &BasePath, lasts: Duration) -> Response {
    let Page::Own { secure } = page else {
        return answer.into_response();
    };
    let token = answer.1.token.take();
    let mut response = answer.into_response();
    if let Some(SessionToken(token)) = token {
        let name = if secure { secure_name(base) } else { PLAIN };
        set(&mut response, name, &token, (base, lasts, secure));
    }
    response
}

/// Returns the response to a sign-out: the browser deletes the cookies.
pub(super) fn ended(answer: impl IntoResponse, base: &BasePath) -> Response {
    let mut response = answer.into_response();
    set(&mut response, secure_name(base), "", (base, Duration::ZERO, true));
    set(&mut response, PLAIN, "", (base, Duration::ZERO, false));
    response
}

fn set(response: &mut Response, name: &str, value: &str, (base, lasts, secure): (&BasePath, Duration, bool)) {
    let cookie = Cookie::build((name, value))
        .path(base.home())
        .max_age(time::Duration::try_from(lasts).unwrap_or(time::Duration::MAX))
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure);
    if let Ok(cookie) = HeaderValue::try_from(cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(cookies: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookies))])
    }

    #[test]
    fn cookie_counts_for_own_page_and_unnamed_reads_only() {
        let headers = with("theme=dark; confab=t");
        let own = Page::Own { secure: false };
        for (page, method, counts) in [
            (own, Method::POST, true),
            (Page::Unnamed, Method::GET, true),
            (Page::Unnamed, Method::POST, false),
            (Page::Unnamed, Method::DELETE, false),
            (Page::Foreign, Method::GET, false),
        ] {
            assert_eq!(
                cookie(&headers, page, &method, &BasePath::default()).is_some(),
                counts,
                "{page:?} {method}"
            );
        }
    }

    #[test]
    fn cookie_with_host_prefix_wins() {
        let token = cookie(
            &with("confab=planted; __Host-confab=t"),
            Page::Unnamed,
            &Method::GET,
            &BasePath::default(),
        );
        assert_eq!(token, Some(SessionToken("t".to_owned())));
    }

    #[test]
    fn root_cookie_is_ignored_under_a_base_path() {
        let base = "/meet/".parse().expect("a base path");
        let headers = with("__Host-confab=other; __Secure-confab=t");
        let token = cookie(&headers, Page::Unnamed, &Method::GET, &base);
        assert_eq!(token, Some(SessionToken("t".to_owned())));
    }
}
