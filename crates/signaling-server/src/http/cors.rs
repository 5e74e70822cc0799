//! Pages of other origins: which may use the server, and their CORS headers.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;

use super::app::SharedApp;
use super::origin::{self, Page};
use crate::accounts::Refused;

/// Refuses pages of other origins, and lets those of allowed origins read responses (CORS protocol, Fetch
/// standard).
pub(super) async fn check_origin(State(app): SharedApp, mut request: Request, next: Next) -> Response<Body> {
    let page = match origin::check(request.headers(), &app.allowed_origins) {
        Ok(page) => page,
        Err(code) => return Refused::from(code).into_response(),
    };
    request.extensions_mut().insert(page);
    let origin = request.headers().get(header::ORIGIN).cloned();
    let Some(foreign) = origin.filter(|_| page == Page::Foreign) else {
        return next.run(request).await;
    };
    let mut response = if request.method() == Method::OPTIONS {
        let headers = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE"),
            (
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                "authorization, confab-user, content-type",
            ),
            (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        ];
        (StatusCode::NO_CONTENT, headers).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, foreign);
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("retry-after"),
    );
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    response
}
