//! Where the server is: where the page came from, or where `config.json` beside it says.

use std::time::Duration;

use gloo_net::http::{Request, Response};
use serde_json::Value;
use web_sys::AbortSignal;

use super::browser;
use super::time_limit::TimeLimit;
use crate::base_path::base_path;

/// How long `config.json` may take before the page goes on without it.
const CONFIG_WITHIN: Duration = Duration::from_secs(3);

/// The base of the server's addresses: an origin, with a path if the server sits under one, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(String);

impl ServerAddress {
    /// The server that the page came from.
    pub fn same_origin() -> Self {
        let origin = browser::window().and_then(|window| Ok(window.location().origin()?));
        Self(origin.unwrap_or_default() + &base_path())
    }

    /// The server named by an `http:` or `https:` address; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('/');
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))?;
        (!rest.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The server that `/config.json` names in its field `server`; where the file is missing, late, or names
    /// none, the one that the page came from.
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

    /// The address of a call over HTTP, such as `/api/sessions`.
    pub(super) fn http(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The address of the socket: `ws:` where the server speaks `http:`, `wss:` where it speaks `https:`.
    pub(super) fn socket(&self) -> String {
        format!("{}/api/socket", self.0.replacen("http", "ws", 1))
    }
}
