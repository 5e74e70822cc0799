//! What comes of calls over HTTP.

use protocol::ErrorCode;
use protocol::http::{IceServers, ServerInfo, SessionInfo, SignedIn};

/// What the server answered to an [`crate::ApiCall`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiAnswer {
    /// To `CreateAccount` and `SignIn`.
    SignedIn(SignedIn),
    /// To `SignOut`, and to what changes the account.
    Done,
    /// To `FetchServer`.
    Server(ServerInfo),
    /// To `FetchIceServers`.
    IceServers(IceServers),
    /// To `FetchSession`.
    Session(SessionInfo),
}

/// Why a call over HTTP came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The server said no.
    Refused(ErrorCode),
    /// The server said no for now, and to ask again after so many seconds (`Retry-After`, RFC 9110 §10.2.3).
    Later(ErrorCode, u32),
    /// No answer, or none that can be read.
    Unreachable,
}
