//! The server's address: the page's own origin, or the one named in `config.json`.

use std::time::Duration;

use gloo_net::http::{Request, Response};
use serde_json::Value;
use web_sys::AbortSignal;

use super::browser;
use super::time_limit::TimeLimit;
use crate::base_path::base_path;

/// Time to wait for `config.json` before the page goes on without it (chosen).
const CONFIG_WITHIN: Duration = Duration::from_secs(3);

/// Base of the server's URLs: an origin, with a path if the server is served under one, without a trailing
/// slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(String);

impl ServerAddress {
    /// The server that served the page.
    pub fn same_origin() -> Self {
        let origin = browser::window().and_then(|window| Ok(window.location().origin()?));
        Self(origin.unwrap_or_default() + &base_path())
    }

    /// Parses an `http:` or `https:` URL; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('/');
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))?;
        (!rest.is_empty()).then(|| Self(text.to_owned()))
    }

    /// Returns the server that `/config.json` names in its field `server`, or, where the file is missing,
    /// late or names none, the one that served the page.
    pub async fn configured() -> Self {
        let limit = TimeLimit::after(CONFIG_WITHIN).ok();
        let signal = limit.as_ref().map(TimeLimit::signal);
        Self::read(signal.as_ref())
            .await
            .unwrap_or_else(Self::same_origin)
    }

    async fn read(signal: Option<&AbortSignal>) -> Option<Self> {
        let request = Request::get(&format!("{}/config.json", base_path())).abort_signal(signal);
        let response = request.send().await.ok().filter(Response::ok)?;
        let config: Value = response.json().await.ok()?;
        Self::parse(config.get("server")?.as_str()?)
    }

    /// The URL of an API call, such as `/api/sessions`.
    pub(super) fn http(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The URL of the socket: `ws:` for a server with `http:`, `wss:` for one with `https:`.
    pub(super) fn socket(&self) -> String {
        format!("{}/api/socket", self.0.replacen("http", "ws", 1))
    }
}
