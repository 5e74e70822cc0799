//! Endpoints for operators: health and metrics.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::get;
use protocol::{ErrorCode, SessionToken};

use super::app::{App, SharedApp};
use super::host;
use super::sessions::bearer;
use crate::accounts::Refused;
use crate::metrics::{CONTENT_TYPE, Gauges, render};
use crate::store::TokenHash;

/// Returns the routes of the separate metrics port, which needs no token.
pub fn operation(app: Arc<App>) -> Router {
    health_routes()
        .route("/metrics", get(all_figures))
        .fallback(|| async { Refused::from(ErrorCode::NotFound) })
        .layer(middleware::from_fn(host::check))
        .with_state(app)
}

/// Returns the routes for liveness and readiness.
pub(super) fn health_routes() -> Router<Arc<App>> {
    Router::new()
        .route("/healthz", get(ready))
        .route("/healthz/live", get(|| async { "ok" }))
        .route("/healthz/ready", get(ready))
}

/// Reports readiness: the database accepts writes, and the server is not stopping.
pub(super) async fn ready(State(app): SharedApp) -> Result<&'static str, Refused> {
    if *app.stopping.borrow() {
        return Err(ErrorCode::ShuttingDown.into());
    }
    app.store.check().await?;
    Ok("ok")
}

/// Returns the metrics to clients with the token. Where no token is configured, the address does not exist.
pub(super) async fn figures(State(app): SharedApp, headers: HeaderMap) -> Result<Response<Body>, Refused> {
    let token = app.metrics_token.as_ref().ok_or(ErrorCode::NotFound)?;
    // Compares hashes, so that timing reveals nothing about the token.
    let given = bearer(&headers).ok_or(ErrorCode::NotSignedIn)?;
    if TokenHash::of(&given) != TokenHash::of(&SessionToken(token.clone())) {
        return Err(ErrorCode::NotSignedIn.into());
    }
    all_figures(State(app)).await
}

async fn all_figures(State(app): SharedApp) -> Result<Response<Body>, Refused> {
    let gauges = Gauges {
        sockets: usize::try_from(app.connections.sockets)
            .unwrap_or(usize::MAX)
            .saturating_sub(app.sockets.available_permits()),
        figures: app.hub.figures(),
    };
    let text = render(&app.metrics, gauges).map_err(|error| {
        tracing::error!(%error, "cannot encode the metrics");
        ErrorCode::Internal
    })?;
    let headers = [
        (header::CONTENT_TYPE, CONTENT_TYPE),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

/// Measures how long requests take, and counts refusals.
pub(super) async fn measure(State(app): SharedApp, request: Request, next: Next) -> Response<Body> {
    let begun = app.clock.elapsed();
    let response = next.run(request).await;
    app.metrics
        .requests
        .observe(app.clock.elapsed().saturating_sub(begun));
    if let Some(code) = response.extensions().get::<ErrorCode>() {
        app.metrics.refused(*code);
    }
    response
}
