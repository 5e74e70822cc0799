//! The routes of the server, and their handlers.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode};
use axum::middleware;
use axum::routing::{MethodRouter, get, post};
use protocol::ErrorCode;
use protocol::http::{
    AccountEnd, Credentials, IceServers, NewAccount, NewGuest, PasswordChange, ServerInfo, SessionInfo,
};

use super::answers::Answer;
use super::app::{App, SharedApp};
use super::cors;
use super::host;
use super::json_body::JsonBody;
use super::operation;
use super::sessions::{self, InSession};
use super::transport;
use crate::accounts::Refused;
use crate::assets;
use crate::clock::unix_millis;

/// Returns the routes of the server; `sockets` handles the upgrade to a WebSocket.
pub fn router(app: Arc<App>, sockets: MethodRouter<Arc<App>>) -> Router {
    let api = Router::new()
        .route("/accounts", post(create_account))
        .route("/account/password", post(change_password))
        .route("/account/end", post(end_account))
        .route("/sessions", post(sign_in).delete(sign_out_everywhere))
        .route("/guests", post(join_as_guest))
        .route("/server", get(server))
        .route("/session", get(session).delete(sign_out))
        .route("/ice-servers", get(ice_servers))
        .route("/socket", sockets)
        .route("/health", get(operation::ready))
        .fallback(|| async { Refused::from(ErrorCode::NotFound) })
        .method_not_allowed_fallback(|| async {
            (StatusCode::METHOD_NOT_ALLOWED, Refused::from(ErrorCode::NotFound))
        })
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            cors::check_origin,
        ));
    operation::health_routes()
        .route("/metrics", get(operation::figures))
        .nest("/api", api)
        .fallback(assets::serve)
        .layer(middleware::from_fn(host::check))
        .layer(middleware::map_response(assets::protect))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            transport::add_hsts,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            operation::measure,
        ))
        .with_state(app)
}

async fn create_account(
    State(app): SharedApp,
    JsonBody { body, from, page }: JsonBody<NewAccount>,
) -> Result<Response<Body>, Refused> {
    let answer = Answer(StatusCode::CREATED, app.accounts.create(body, from).await?);
    let lasts = app.accounts.sessions_last();
    Ok(sessions::begun(answer, page, &app.base, lasts))
}

async fn sign_in(
    State(app): SharedApp,
    JsonBody { body, from, page }: JsonBody<Credentials>,
) -> Result<Response<Body>, Refused> {
    let answer = Answer(StatusCode::OK, app.accounts.sign_in(body, from).await?);
    let lasts = app.accounts.sessions_last();
    Ok(sessions::begun(answer, page, &app.base, lasts))
}

async fn join_as_guest(
    State(app): SharedApp,
    headers: HeaderMap,
    JsonBody { body, from, page }: JsonBody<NewGuest>,
) -> Result<Response<Body>, Refused> {
    let before = sessions::token(&headers, page, &Method::POST, &app.base);
    let begun = app.accounts.join_as_guest(body, from, before).await?;
    let answer = Answer(StatusCode::CREATED, begun);
    Ok(sessions::begun(
        answer,
        page,
        &app.base,
        app.accounts.guests_last(),
    ))
}

async fn session(State(app): SharedApp, InSession(token): InSession) -> Result<Answer<SessionInfo>, Refused> {
    let session = app.accounts.session(&token).await?;
    let (name, guest_of) = (session.name, session.guest_of);
    Ok(Answer(StatusCode::OK, SessionInfo { name, guest_of }))
}

async fn sign_out(State(app): SharedApp, InSession(token): InSession) -> Result<Response<Body>, Refused> {
    app.accounts.sign_out(&token).await?;
    Ok(sessions::ended(StatusCode::NO_CONTENT, &app.base))
}

async fn sign_out_everywhere(
    State(app): SharedApp,
    InSession(token): InSession,
) -> Result<Response<Body>, Refused> {
    app.accounts.sign_out_everywhere(&token).await?;
    Ok(sessions::ended(StatusCode::NO_CONTENT, &app.base))
}

async fn change_password(
    State(app): SharedApp,
    InSession(token): InSession,
    JsonBody { body, from, .. }: JsonBody<PasswordChange>,
) -> Result<StatusCode, Refused> {
    app.accounts.change_password(&token, body, from).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end_account(
    State(app): SharedApp,
    InSession(token): InSession,
    JsonBody { body, from, .. }: JsonBody<AccountEnd>,
) -> Result<Response<Body>, Refused> {
    app.accounts.delete(&token, body, from).await?;
    Ok(sessions::ended(StatusCode::NO_CONTENT, &app.base))
}

/// Returns what a page must know before sign-in.
async fn server(State(app): SharedApp) -> Answer<ServerInfo> {
    let (registration, guests) = (app.accounts.registration(), app.accounts.admits_guests());
    Answer(StatusCode::OK, ServerInfo { registration, guests })
}

async fn ice_servers(
    State(app): SharedApp,
    InSession(token): InSession,
) -> Result<Answer<IceServers>, Refused> {
    let session = app.accounts.session(&token).await?;
    Ok(Answer(
        StatusCode::OK,
        app.ice.servers(session.user, unix_millis()),
    ))
}
