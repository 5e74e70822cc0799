//! Errors that browser calls throw or that reject their promises: the only module that inspects such a
//! `JsValue`. All others get a [`JsError`], or an error of the core.

use call_core::{MediaError, ScreenError};
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::console;

/// An error of the browser: its name as specified, and a message for developers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {message}")]
pub struct JsError {
    name: String,
    message: String,
}

impl JsError {
    /// A browser feature that is missing.
    pub(super) fn missing(what: &str) -> Self {
        Self {
            name: "Missing".to_owned(),
            message: what.to_owned(),
        }
    }

    /// Converts an error of `getUserMedia`.
    pub(super) fn as_media_error(&self) -> MediaError {
        MediaError::of(&self.name, &self.message)
    }

    /// Converts an error of `getDisplayMedia` (W3C Screen Capture §5.1).
    pub(super) fn as_screen_error(&self) -> ScreenError {
        match self.name.as_str() {
            // Chromium's message; nothing else distinguishes a block by the system from the user's refusal.
            "NotAllowedError" if self.message.contains("by system") => ScreenError::Blocked,
            "NotAllowedError" => ScreenError::Cancelled,
            "NotReadableError" | "AbortError" => ScreenError::NotReadable,
            _ => ScreenError::Other,
        }
    }

    /// Logs for developers, at a level that consoles hide by default.
    pub(super) fn log(&self, what: &str) {
        console::debug_2(&what.into(), &self.to_string().into());
    }
}

impl From<JsValue> for JsError {
    fn from(thrown: JsValue) -> Self {
        let text = |key: &str| {
            Reflect::get(&thrown, &key.into())
                .ok()
                .and_then(|value| value.as_string())
        };
        Self {
            name: text("name").unwrap_or_else(|| "Error".to_owned()),
            message: text("message").or_else(|| thrown.as_string()).unwrap_or_default(),
        }
    }
}

impl From<gloo_net::Error> for JsError {
    fn from(error: gloo_net::Error) -> Self {
        Self {
            name: "Error".to_owned(),
            message: error.to_string(),
        }
    }
}

/// Waits for a promise whose value does not matter.
pub(super) async fn settled(promise: Promise) -> Result<(), JsError> {
    promise.await.map(drop).map_err(JsError::from)
}

/// Waits for a promise of a `T`; any other value is an error.
pub(super) async fn resolved<T: JsCast>(promise: Promise) -> Result<T, JsError> {
    promise.await?.dyn_into().map_err(JsError::from)
}
