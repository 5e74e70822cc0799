//! Client of the server's HTTP API: one request per `CallApi`, and one `ApiAnswered` per request.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use call_core::{ApiAnswer, ApiCall, ApiError, Event, RequestId};
use gloo_net::http::{Headers, Request, Response};
use protocol::SessionToken;
use protocol::http::{Refusal, SignedIn, USER_HEADER};
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortSignal;

use super::event_sink::EventSink;
use super::js_error::JsError;
use super::server_address::ServerAddress;
use super::time_limit::TimeLimit;

/// Timeout of a call (chosen): checking a password is slow by design, and many users may sign in at once.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// Calls the server; dropping it aborts the calls under way.
pub(super) struct Api {
    server: ServerAddress,
    events: EventSink,
    under_way: Rc<RefCell<BTreeMap<RequestId, TimeLimit>>>,
}

impl Api {
    pub(super) fn new(server: ServerAddress, events: EventSink) -> Self {
        Self {
            server,
            events,
            under_way: Rc::default(),
        }
    }

    /// Sends a call, and reports the answer with its request id.
    pub(super) fn call(&self, request: RequestId, call: ApiCall) {
        let events = self.events.clone();
        let Ok(limit) = TimeLimit::after(ANSWER_WITHIN) else {
            events.send(Event::ApiAnswered {
                request,
                answer: Err(ApiError::Unreachable),
            });
            return;
        };
        let signal = limit.signal();
        self.under_way.borrow_mut().insert(request, limit);
        let under_way = Rc::downgrade(&self.under_way);
        let server = self.server.clone();
        spawn_local(async move {
            let answer = ask(&server, &call, &signal).await;
            let Some(under_way) = under_way.upgrade() else {
                return;
            };
            under_way.borrow_mut().remove(&request);
            events.send(Event::ApiAnswered { request, answer });
        });
    }
}

async fn ask(server: &ServerAddress, call: &ApiCall, signal: &AbortSignal) -> Result<ApiAnswer, ApiError> {
    let response = send(server, call, signal).await.map_err(|error| {
        error.log("the server cannot be reached");
        ApiError::Unreachable
    })?;
    if !response.ok() {
        let later = response
            .headers()
            .get("retry-after")
            .and_then(|text| text.parse().ok());
        let refusal = response.json::<Refusal>().await;
        return Err(
            refusal.map_or(ApiError::Unreachable, |Refusal { code }| match later {
                Some(seconds) => ApiError::Later(code, seconds),
                None => ApiError::Refused(code),
            }),
        );
    }
    let answer = match call {
        ApiCall::CreateAccount(_) | ApiCall::SignIn(_) | ApiCall::JoinAsGuest(_) => {
            response.json().await.map(ApiAnswer::SignedIn)
        }
        ApiCall::SignOut(_)
        | ApiCall::SignOutEverywhere(_)
        | ApiCall::ChangePassword(..)
        | ApiCall::EndAccount(..) => Ok(ApiAnswer::Done),
        ApiCall::FetchServer => response.json().await.map(ApiAnswer::Server),
        ApiCall::FetchIceServers(_) => response.json().await.map(ApiAnswer::IceServers),
        ApiCall::FetchSession => response.json().await.map(ApiAnswer::Session),
    };
    answer.map_err(|_| ApiError::Unreachable)
}

async fn send(server: &ServerAddress, call: &ApiCall, signal: &AbortSignal) -> Result<Response, JsError> {
    let post = |path: &str| Request::post(&server.http(path)).abort_signal(Some(signal));
    let get = |path: &str| Request::get(&server.http(path)).abort_signal(Some(signal));
    let delete = |path: &str| Request::delete(&server.http(path)).abort_signal(Some(signal));
    let request = match call {
        ApiCall::CreateAccount(wanted) => post("/api/accounts").json(wanted),
        ApiCall::SignIn(credentials) => post("/api/sessions").json(credentials),
        ApiCall::JoinAsGuest(wanted) => post("/api/guests").json(wanted),
        ApiCall::FetchServer => get("/api/server").build(),
        ApiCall::FetchSession => get("/api/session").build(),
        ApiCall::ChangePassword(user, change) => {
            post("/api/account/password").headers(proof(user)?).json(change)
        }
        ApiCall::EndAccount(user, end) => post("/api/account/end").headers(proof(user)?).json(end),
        ApiCall::SignOut(user) => delete("/api/session").headers(proof(user)?).build(),
        ApiCall::SignOutEverywhere(user) => delete("/api/sessions").headers(proof(user)?).build(),
        ApiCall::FetchIceServers(token) => get("/api/ice-servers").headers(bearer(token.as_ref())?).build(),
    };
    Ok(request?.send().await?)
}

/// Headers that authorize a call: the token, or, if the browser keeps it in a cookie, the name of the user
/// that the page expects the cookie to belong to.
fn proof(user: &SignedIn) -> Result<Headers, JsError> {
    let headers = bearer(user.token.as_ref())?;
    if user.token.is_none() {
        let name: String = js_sys::encode_uri_component(user.name.as_str()).into();
        headers.set(USER_HEADER, &name);
    }
    Ok(headers)
}

/// The `Authorization` header; without a token, the browser sends its cookie instead. Built with web-sys,
/// since gloo-net throws through the app when a token is not a valid header value.
fn bearer(token: Option<&SessionToken>) -> Result<Headers, JsError> {
    let headers = web_sys::Headers::new()?;
    if let Some(token) = token {
        headers.set("Authorization", &format!("Bearer {}", token.0))?;
    }
    Ok(Headers::from_raw(headers))
}
