//! One call over HTTP, with a limit of time. Nothing here can stop the app: what the browser refuses is an error.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use web_sys::{AbortController, AbortSignal, Headers, RequestInit, Response};

use super::browser;
use super::js_error::{JsError, resolved};

/// What to ask.
pub(super) struct Request<'a> {
    pub(super) method: &'static str,
    pub(super) url: &'a str,
    /// Sent as `Authorization: Bearer`.
    pub(super) token: Option<&'a str>,
    /// JSON.
    pub(super) body: Option<String>,
}

/// What came back.
pub(super) struct Answer {
    /// Whether the status is 2xx.
    pub(super) ok: bool,
    /// The body as text.
    pub(super) body: String,
}

impl<'a> Request<'a> {
    /// A request without a body.
    pub(super) fn get(url: &'a str) -> Self {
        Self {
            method: "GET",
            url,
            token: None,
            body: None,
        }
    }
}

/// Ends a call that takes too long; dropping it ends the call at once.
pub(super) struct TimeLimit {
    controller: AbortController,
    _timeout: Timeout,
}

impl TimeLimit {
    /// Starts to count.
    pub(super) fn after(time: Duration) -> Result<Self, JsError> {
        let controller = AbortController::new()?;
        let late = controller.clone();
        let millis = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        Ok(Self {
            controller,
            _timeout: Timeout::new(millis, move || late.abort()),
        })
    }

    /// What a call listens to.
    pub(super) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }
}

impl Drop for TimeLimit {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

/// Asks, and reads the answer to its end.
pub(super) async fn fetch(request: &Request<'_>, signal: Option<&AbortSignal>) -> Result<Answer, JsError> {
    let headers = Headers::new()?;
    if let Some(token) = request.token {
        headers.set("Authorization", &format!("Bearer {token}"))?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_signal(signal);
    if let Some(body) = &request.body {
        headers.set("Content-Type", "application/json")?;
        init.set_body_opt_str(Some(body));
    }
    init.set_headers_headers(&headers);
    let response: Response = resolved(browser::window()?.fetch_with_str_and_init(request.url, &init)).await?;
    let body: js_sys::JsString = resolved(response.text()?).await?;
    Ok(Answer {
        ok: response.ok(),
        body: body.into(),
    })
}
