//! Refusals of requests.

use protocol::ErrorCode;

use crate::hub::code_of;
use crate::store::StoreError;

/// A refusal of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The reason, as sent to the client.
    pub code: ErrorCode,
    /// Seconds after which to retry, for [`ErrorCode::TooManyAttempts`] and [`ErrorCode::ServerBusy`].
    pub retry_after: Option<u64>,
}

impl From<ErrorCode> for Refused {
    fn from(code: ErrorCode) -> Self {
        let retry_after = (code == ErrorCode::ServerBusy).then_some(1);
        Self { code, retry_after }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        code_of(&error).into()
    }
}
