//! The server's HTTP API: one call for each `CallApi`, one `ApiAnswered` for each call.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use call_core::{ApiAnswer, ApiCall, ApiError, Event, RequestId};
use protocol::http::Refusal;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortSignal;

use super::fetch::{Request, TimeLimit, fetch};
use super::report::Report;
use super::server_address::ServerAddress;

/// How long the server may take: checking a password is slow by design, and many may sign in at once.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// Calls the server. Dropping it ends the calls under way.
pub(super) struct Api {
    server: ServerAddress,
    report: Report,
    under_way: Rc<RefCell<BTreeMap<RequestId, TimeLimit>>>,
}

impl Api {
    pub(super) fn new(server: ServerAddress, report: Report) -> Self {
        Self {
            server,
            report,
            under_way: Rc::default(),
        }
    }

    /// Calls, and reports the answer under the request's name.
    pub(super) fn call(&self, request: RequestId, call: ApiCall) {
        let report = self.report.clone();
        let Ok(limit) = TimeLimit::after(ANSWER_WITHIN) else {
            report.send(Event::ApiAnswered {
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
            report.send(Event::ApiAnswered { request, answer });
        });
    }
}

async fn ask(server: &ServerAddress, call: &ApiCall, signal: &AbortSignal) -> Result<ApiAnswer, ApiError> {
    let (method, path, token, credentials) = match call {
        ApiCall::CreateAccount(credentials) => ("POST", "/api/accounts", None, Some(credentials)),
        ApiCall::SignIn(credentials) => ("POST", "/api/sessions", None, Some(credentials)),
        ApiCall::SignOut(token) => ("DELETE", "/api/session", Some(token), None),
        ApiCall::FetchIceServers(token) => ("GET", "/api/ice-servers", Some(token), None),
    };
    let request = Request {
        method,
        url: &server.http(path),
        token: token.map(|token| token.0.as_str()),
        body: credentials.and_then(|credentials| serde_json::to_string(credentials).ok()),
    };
    let answer = fetch(&request, Some(signal)).await.map_err(|error| {
        error.log("the server cannot be reached");
        ApiError::Unreachable
    })?;
    if !answer.ok {
        let refusal = serde_json::from_str::<Refusal>(&answer.body);
        return Err(refusal.map_or(ApiError::Unreachable, |refusal| ApiError::Refused(refusal.code)));
    }
    let answer = match call {
        ApiCall::CreateAccount(_) | ApiCall::SignIn(_) => {
            serde_json::from_str(&answer.body).map(ApiAnswer::SignedIn)
        }
        ApiCall::SignOut(_) => Ok(ApiAnswer::SignedOut),
        ApiCall::FetchIceServers(_) => serde_json::from_str(&answer.body).map(ApiAnswer::IceServers),
    };
    answer.map_err(|_| ApiError::Unreachable)
}
