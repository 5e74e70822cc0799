//! What each address of the server does.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use protocol::ErrorCode;
use protocol::http::{
    AccountEnd, Credentials, IceServers, NewAccount, NewGuest, PasswordChange, ServerInfo, SessionInfo,
};
use tokio::sync::{Semaphore, watch};

use super::answers::Answer;
use super::base_path::BasePath;
use super::client_address::{PeerAddress, client_address, is_proxy};
use super::host;
use super::ice_servers::IceSettings;
use super::network::Network;
use super::operation;
use super::origin::{self, Origin, Page};
use super::sessions::{self, InSession};
use super::transport;
use crate::accounts::{Accounts, Refused};
use crate::assets::{self, Files};
use crate::clock::{Clock, unix_millis};
use crate::hub::{Hub, QueueBounds};
use crate::metrics::Metrics;
use crate::places::{Crowd, Places};
use crate::socket::{self, Pace};
use crate::store::Store;

/// Everything that requests are answered from.
#[derive(Debug)]
pub struct App {
    /// Who somebody is.
    pub accounts: Arc<Accounts>,
    /// Where it is all kept.
    pub store: Store,
    /// Who is connected.
    pub hub: Arc<Hub>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// What opens the figures on the server's own port; without it they are not there.
    pub metrics_token: Option<String>,
    /// What runs forward.
    pub clock: Clock,
    /// How fast sockets are to be.
    pub pace: Pace,
    /// What may wait for one reader.
    pub queue: QueueBounds,
    /// How many sockets there may be.
    pub crowd: Crowd,
    /// One permit for each socket.
    pub sockets: Arc<Semaphore>,
    /// How many of them each place has.
    pub socket_places: Arc<Places>,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
    /// What all addresses stand under.
    pub base: BasePath,
    /// The app's page, and its files.
    pub files: Files,
    /// What browsers are told of STUN and TURN.
    pub ice: IceSettings,
    /// Foreign pages that may use the server.
    pub allowed_origins: Vec<Origin>,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<Network>,
}

impl App {
    /// Where a request comes from.
    pub fn client_address(&self, peer: PeerAddress, headers: &HeaderMap) -> IpAddr {
        client_address(peer.0, headers, &self.trusted_proxies)
    }

    /// Whether an address is a trusted proxy's, whose connections are many clients'.
    pub fn is_proxy(&self, address: IpAddr) -> bool {
        is_proxy(address, &self.trusted_proxies)
    }
}

pub(super) type SharedApp = State<Arc<App>>;

/// The server's addresses.
pub fn router(app: Arc<App>) -> Router {
    let api = Router::new()
        .route("/accounts", post(create_account))
        .route("/account/password", post(change_password))
        .route("/account/end", post(end_account))
        .route("/sessions", post(sign_in).delete(sign_out_everywhere))
        .route("/guests", post(come_as_guest))
        .route("/server", get(server))
        .route("/session", get(session).delete(sign_out))
        .route("/ice-servers", get(ice_servers))
        .route("/socket", get(socket::open))
        .route("/health", get(operation::ready))
        .fallback(|| async { Refused::from(ErrorCode::NotFound) })
        .method_not_allowed_fallback(|| async {
            (StatusCode::METHOD_NOT_ALLOWED, Refused::from(ErrorCode::NotFound))
        })
        .layer(middleware::from_fn_with_state(Arc::clone(&app), check_origin));
    operation::health_routes()
        .route("/metrics", get(operation::figures))
        .nest("/api", api)
        .fallback(assets::serve)
        .layer(middleware::from_fn(host::check))
        .layer(middleware::map_response(assets::protect))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            transport::insist,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            operation::measure,
        ))
        .with_state(app)
}

async fn create_account(
    State(app): SharedApp,
    Extension(peer): Extension<PeerAddress>,
    Extension(page): Extension<Page>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refused> {
    let from = app.client_address(peer, &headers);
    let wanted: NewAccount = super::body::read(body).await?;
    let answer = Answer(StatusCode::CREATED, app.accounts.create(wanted, from).await?);
    Ok(sessions::begun(
        answer,
        page,
        &app.base,
        app.accounts.sessions_last(),
    ))
}

async fn sign_in(
    State(app): SharedApp,
    Extension(peer): Extension<PeerAddress>,
    Extension(page): Extension<Page>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refused> {
    let from = app.client_address(peer, &headers);
    let credentials: Credentials = super::body::read(body).await?;
    let answer = Answer(StatusCode::OK, app.accounts.sign_in(credentials, from).await?);
    Ok(sessions::begun(
        answer,
        page,
        &app.base,
        app.accounts.sessions_last(),
    ))
}

async fn come_as_guest(
    State(app): SharedApp,
    Extension(peer): Extension<PeerAddress>,
    Extension(page): Extension<Page>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refused> {
    let from = app.client_address(peer, &headers);
    let before = sessions::token(&headers, page, &Method::POST, &app.base);
    let wanted: NewGuest = super::body::read(body).await?;
    let begun = app.accounts.come_as_guest(wanted, from, before).await?;
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
    Extension(peer): Extension<PeerAddress>,
    InSession(token): InSession,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refused> {
    let from = app.client_address(peer, &headers);
    let change: PasswordChange = super::body::read(body).await?;
    app.accounts.change_password(&token, change, from).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end_account(
    State(app): SharedApp,
    Extension(peer): Extension<PeerAddress>,
    InSession(token): InSession,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refused> {
    let from = app.client_address(peer, &headers);
    let end: AccountEnd = super::body::read(body).await?;
    app.accounts.delete(&token, end, from).await?;
    Ok(sessions::ended(StatusCode::NO_CONTENT, &app.base))
}

/// What a page must know before anybody has signed in.
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

/// Refuses foreign pages, and lets the named ones read the answers (the CORS protocol of the Fetch standard).
async fn check_origin(State(app): SharedApp, mut request: Request, next: Next) -> Response<Body> {
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
