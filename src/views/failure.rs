//! Errors of browser calls while something is rendered, for the nearest boundary
//! (`components/common/boundary.rs`), with details for a bug report.

use wasm_bindgen::{JsCast, JsValue};

/// A browser call that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{call}: {thrown}")]
pub struct Failure {
    call: &'static str,
    thrown: String,
}

impl Failure {
    /// Creates the error from what the call threw.
    pub fn of(call: &'static str, thrown: &JsValue) -> Self {
        let words = thrown
            .dyn_ref::<js_sys::Error>()
            .map(|error| String::from(error.to_string()));
        Self {
            call,
            thrown: words.unwrap_or_else(|| format!("{thrown:?}")),
        }
    }
}
