//! What a browser call threw, or what its promise was rejected with: the only place that looks into a `JsValue`
//! of that kind. Everything beyond this file has a [`JsError`], or a word of the core's.

use call_core::{MediaError, ScreenError};
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::console;

/// A refusal by the browser: the name that the specifications give it, and words for a developer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {message}")]
pub struct JsError {
    name: String,
    message: String,
}

impl JsError {
    /// Something that the browser should have and has not.
    pub(super) fn missing(what: &str) -> Self {
        Self {
            name: "Missing".to_owned(),
            message: what.to_owned(),
        }
    }

    /// The refusal of `getUserMedia`.
    pub(super) fn as_media_error(&self) -> MediaError {
        MediaError::of(&self.name, &self.message)
    }

    /// The refusal of `getDisplayMedia` (W3C Screen Capture §5.1).
    pub(super) fn as_screen_error(&self) -> ScreenError {
        match self.name.as_str() {
            // Chromium's words: nothing better tells the system's no from the user's.
            "NotAllowedError" if self.message.contains("by system") => ScreenError::Blocked,
            "NotAllowedError" => ScreenError::Cancelled,
            "NotReadableError" | "AbortError" => ScreenError::NotReadable,
            _ => ScreenError::Other,
        }
    }

    /// Leaves a line for a developer, at a level that a console hides unless it is asked for.
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

/// Waits for a promise of nothing.
pub(super) async fn settled(promise: Promise) -> Result<(), JsError> {
    promise.await.map(drop).map_err(JsError::from)
}

/// Waits for a promise of a `T`.
pub(super) async fn resolved<T: JsCast>(promise: Promise) -> Result<T, JsError> {
    promise.await?.dyn_into().map_err(JsError::from)
}
