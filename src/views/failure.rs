//! What a call of the browser threw while something was to be shown: an error for the nearest boundary
//! (`components/common/boundary.rs`), with words for whoever reports it.

use wasm_bindgen::{JsCast, JsValue};

/// A call of the browser that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{call}: {thrown}")]
pub struct Failure {
    call: &'static str,
    thrown: String,
}

impl Failure {
    /// That a call threw this.
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
