//! A timeout for HTTP calls.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use web_sys::{AbortController, AbortSignal};

use super::js_error::JsError;

/// Aborts a call after a timeout; dropping it aborts the call at once.
pub(super) struct TimeLimit {
    controller: AbortController,
    _timeout: Timeout,
}

impl TimeLimit {
    /// Starts the timeout.
    pub(super) fn after(time: Duration) -> Result<Self, JsError> {
        let controller = AbortController::new()?;
        let late = controller.clone();
        let millis = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        Ok(Self {
            controller,
            _timeout: Timeout::new(millis, move || late.abort()),
        })
    }

    /// The signal to pass to the call.
    pub(super) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }
}

impl Drop for TimeLimit {
    fn drop(&mut self) {
        self.controller.abort();
    }
}
